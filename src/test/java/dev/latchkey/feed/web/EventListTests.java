package dev.latchkey.feed.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

import dev.latchkey.feed.EventType;
import dev.latchkey.feed.FeedFixture;
import dev.latchkey.shared.InvitationId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.latchkey.feed.web.FeedRoutesFixture.PATH;
import static dev.latchkey.feed.web.FeedRoutesFixture.SESSION_REMAINING;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole log as one list.
 */
class EventListTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Pattern SEQ = Pattern.compile("\\{\"seq\":(\\d+),[^\\n]*}\\n");

	private final FeedRoutesFixture fixture = new FeedRoutesFixture(3);

	@Nested
	class Ndjson {

		@Test
		void hasALineForEachEventNewestFirst() {
			assertThat(body(get("", "application/x-ndjson"))).isEqualTo("""
					{"seq":3,"type":"member.left","at":"2026-05-04T11:59:59.960Z","actor":{"kind":"system"}}
					{"seq":2,"type":"member.left","at":"2026-05-04T11:59:59.960Z","actor":{"kind":"system"}}
					{"seq":1,"type":"member.left","at":"2026-05-04T11:59:59.960Z","actor":{"kind":"system"}}
					""");
		}

		@Test
		void isNeitherStoredNorBufferedAndHasThePositionOfItsEnd() {
			get("", "application/x-ndjson").expectHeader()
				.contentType("application/x-ndjson")
				.expectHeader()
				.valueEquals("Feed-Position", "7-3")
				.expectHeader()
				.valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
				.expectHeader()
				.valueEquals("X-Accel-Buffering", "no");
		}

		@Test
		void isOldestFirstAfterAPosition() {
			WebTestClient.ResponseSpec response = get("?after=7-1", "application/x-ndjson");
			response.expectHeader().valueEquals("Feed-Position", "7-3");
			assertThat(seqs(body(response))).containsExactly(2L, 3L);
		}

		@Test
		void isEmptyAfterTheNewestEvent() {
			assertThat(body(get("?after=7-3", "application/x-ndjson"))).isEmpty();
		}

		@Test
		void ofOneTypeHasOnlyItsEvents() {
			fixture.log().append(FeedFixture.ACCOUNT, EventType.MEMBER_REMOVED);
			assertThat(seqs(body(get("?type=member.removed", "application/x-ndjson")))).containsExactly(4L);
		}

		@Test
		void hasAllPagesInBothDirections() {
			fixture.log().append(FeedFixture.ACCOUNT, 497);
			assertThat(seqs(body(get("?after=7-0", "application/x-ndjson"))))
				.containsExactlyElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
			assertThat(seqs(body(get("", "application/x-ndjson"))))
				.containsExactlyElementsOf(LongStream.rangeClosed(1, 500).mapToObj((seq) -> 501 - seq).toList());
			assertThat(fixture.access().checked()).hasSize(2 * 3);
		}

		@Test
		void breaksOffWhenTheReaderLosesTheRight() {
			fixture.log().append(FeedFixture.ACCOUNT, 497);
			fixture.access().endAfter(2);
			StringBuilder received = new StringBuilder();
			StepVerifier
				.create(get("", "application/x-ndjson").returnResult(String.class)
					.getResponseBody()
					.doOnNext(received::append))
				.thenConsumeWhile((line) -> true)
				.expectError()
				.verify(TIMEOUT);
			assertThat(received).contains("\"seq\":500,").contains("\"seq\":101,").doesNotContain("\"seq\":100,");
		}

		@Test
		void isRefusedIfTheSessionEndsBeforeTheFirstLine() {
			fixture.endSession(FeedRoutesFixture.owner(SESSION_REMAINING));
			fixture.owner()
				.get()
				.uri(PATH)
				.header(HttpHeaders.ACCEPT, "application/x-ndjson")
				.exchange()
				.expectStatus()
				.isUnauthorized();
		}

	}

	@Nested
	class Csv {

		@Test
		void hasAHeaderAndARowForEachEvent() {
			InvitationId invitation = new InvitationId(FeedFixture.ACCOUNT.value());
			fixture.log().append(FeedFixture.ACCOUNT, EventType.INVITATION_EXPIRED, invitation);
			String[] lines = body(get("?after=7-2", "text/csv")).split("\r\n", -1);
			assertThat(lines).hasSize(4).endsWith("");
			assertThat(lines[0]).endsWith("seq,at,type,actor,actorName,invitationId,invitationEmail,userId,userName,"
					+ "userEmail,permissions,previous,sendCount,declineReason");
			assertThat(lines[1]).isEqualTo("3,2026-05-04T11:59:59.960Z,member.left,system,,,,,,,,,,");
			assertThat(lines[2])
				.isEqualTo("4,2026-05-04T11:59:59.960Z,invitation.expired,system,," + invitation + ",,,,,,,,");
		}

		@Test
		void isADownload() {
			get("", "text/csv").expectHeader()
				.contentType("text/csv;charset=UTF-8")
				.expectHeader()
				.valueEquals(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"events.csv\"")
				.expectHeader()
				.valueEquals("Feed-Position", "7-3")
				.expectHeader()
				.valueEquals(HttpHeaders.CACHE_CONTROL, "no-store");
		}

		@Test
		void ofAnEmptyLogHasTheHeaderOnly() {
			FeedRoutesFixture empty = new FeedRoutesFixture(0);
			WebTestClient.ResponseSpec response = empty.owner()
				.get()
				.uri(PATH)
				.header(HttpHeaders.ACCEPT, "text/csv")
				.exchange();
			assertThat(body(response).split("\r\n", -1)).hasSize(2).endsWith("");
		}

	}

	private WebTestClient.ResponseSpec get(String query, String accept) {
		return this.fixture.owner()
			.get()
			.uri(PATH + query)
			.header(HttpHeaders.ACCEPT, accept)
			.exchange()
			.expectStatus()
			.isOk();
	}

	private static String body(WebTestClient.ResponseSpec response) {
		byte[] body = response.expectBody().returnResult().getResponseBody();
		return (body != null) ? new String(body, StandardCharsets.UTF_8) : "";
	}

	private static List<Long> seqs(String lines) {
		return SEQ.matcher(lines).results().map((MatchResult match) -> Long.valueOf(match.group(1))).toList();
	}

}
