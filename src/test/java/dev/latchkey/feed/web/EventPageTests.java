package dev.latchkey.feed.web;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

import dev.latchkey.feed.EventType;
import dev.latchkey.feed.FeedFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.latchkey.feed.web.FeedRoutesFixture.PATH;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log in JSON pages.
 */
class EventPageTests {

	private final FeedRoutesFixture fixture = new FeedRoutesFixture(6);

	@Nested
	class NewestFirst {

		@Test
		void beginsWithTheNewestEventAndLinksToTheNextPage() {
			get("?limit=2").expectBody().json("""
					{"items":[%s],"next":"5"}""".formatted(events(6, 5)), JsonCompareMode.STRICT);
			assertLinks("?limit=2",
					"<" + PATH + "?limit=2>; rel=\"first\", <" + PATH + "?limit=2&cursor=5>; rel=\"next\"");
		}

		@Test
		void continuesAfterTheCursor() {
			get("?limit=2&cursor=5").expectBody().json("""
					{"items":[%s],"next":"3"}""".formatted(events(4, 3)), JsonCompareMode.STRICT);
		}

		@Test
		void endsWithTheNumberOfTheOldestStoredEvent() {
			fixture.log().purgeBefore(FeedFixture.ACCOUNT, 3);
			get("?limit=2&cursor=5").expectBody().json("""
					{"items":[%s],"oldest":3}""".formatted(events(4, 3)), JsonCompareMode.STRICT);
			assertLinks("?limit=2&cursor=5", "<" + PATH + "?limit=2>; rel=\"first\"");
		}

		@Test
		void hasTwentyFiveEventsWithoutALimit() {
			fixture.log().append(FeedFixture.ACCOUNT, 34);
			get("").expectBody()
				.jsonPath("$.items.length()")
				.isEqualTo(25)
				.jsonPath("$.items[0].seq")
				.isEqualTo(40)
				.jsonPath("$.next")
				.isEqualTo("16");
		}

		@Test
		void ofOneTypeHasOnlyItsEvents() {
			fixture.log().append(FeedFixture.ACCOUNT, EventType.MEMBER_REMOVED);
			fixture.log().append(FeedFixture.ACCOUNT, 1);
			fixture.log().append(FeedFixture.ACCOUNT, EventType.MEMBER_REMOVED);
			get("?type=member.removed&limit=1").expectBody()
				.jsonPath("$.items.length()")
				.isEqualTo(1)
				.jsonPath("$.items[0].seq")
				.isEqualTo(9)
				.jsonPath("$.next")
				.isEqualTo("9");
			get("?type=member.removed&cursor=9").expectBody()
				.json("""
						{"items":[{"seq":7,"type":"member.removed","at":"2026-05-04T11:59:59.960Z","actor":{"kind":"system"}}],
						"oldest":1}""",
						JsonCompareMode.STRICT);
		}

		@Test
		void ofAnEmptyLogIsEmpty() {
			FeedRoutesFixture empty = new FeedRoutesFixture(0);
			empty.owner().get().uri(PATH).exchange().expectBody().json("{\"items\":[]}", JsonCompareMode.STRICT);
		}

	}

	@Nested
	class OldestFirst {

		@Test
		void beginsAfterThePositionAndReturnsThatOfItsLastEvent() {
			get("?after=7-2&limit=2").expectBody().json("""
					{"items":[%s],"position":"7-4"}""".formatted(events(3, 4)), JsonCompareMode.STRICT);
			assertLinks("?after=7-2&limit=2",
					"<" + PATH + "?limit=2&after=7-0>; rel=\"first\", <" + PATH + "?limit=2&after=7-4>; rel=\"next\"");
		}

		@Test
		void hasNoNextPageAtTheEnd() {
			get("?after=7-4&limit=2").expectBody().json("""
					{"items":[%s],"position":"7-6"}""".formatted(events(5, 6)), JsonCompareMode.STRICT);
			assertLinks("?after=7-4&limit=2", "<" + PATH + "?limit=2&after=7-0>; rel=\"first\"");
		}

		@Test
		void keepsThePositionIfThereIsNothingNew() {
			get("?after=7-6").expectBody().json("""
					{"items":[],"position":"7-6"}""", JsonCompareMode.STRICT);
		}

		@Test
		void beginsWithTheOldestStoredEventAtPositionZero() {
			fixture.log().purgeBefore(FeedFixture.ACCOUNT, 5);
			get("?after=7-0").expectBody().json("""
					{"items":[%s],"position":"7-6"}""".formatted(events(5, 6)), JsonCompareMode.STRICT);
		}

	}

	@Test
	void theCallerIsTheOneWhoseRightIsChecked() {
		get("");
		assertThat(this.fixture.access().checked()).containsExactly(FeedFixture.OWNER);
	}

	private WebTestClient.ResponseSpec get(String query) {
		return this.fixture.owner()
			.get()
			.uri(PATH + query)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType("application/json");
	}

	private void assertLinks(String query, String links) {
		get(query).expectHeader().valueEquals(HttpHeaders.LINK, links);
	}

	private static String events(long... seqs) {
		return LongStream.of(seqs)
			.mapToObj(
					"""
							{"seq":%d,"type":"member.left","at":"2026-05-04T11:59:59.960Z","actor":{"kind":"system"}}"""::formatted)
			.collect(Collectors.joining(","));
	}

}
