package dev.latchkey.feed.web;

import dev.latchkey.feed.FeedFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.latchkey.feed.web.FeedRoutesFixture.PATH;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests for the log: which representation they get, and which ones are refused before
 * anything is read.
 */
class FeedRequestTests {

	private final FeedRoutesFixture fixture = new FeedRoutesFixture(6);

	@Nested
	class ARepresentation {

		@ParameterizedTest
		@CsvSource(delimiter = '|', value = { "*/*|application/json", "application/*|application/json",
				"application/json, text/event-stream|application/json", "application/x-ndjson|application/x-ndjson",
				"application/json;q=0.5, application/x-ndjson|application/x-ndjson",
				"text/csv;q=0.9, application/json;q=0.8|text/csv", "text/csv|text/csv",
				"text/csv;q=0, application/json;q=0.1|application/json", "application/xml, text/csv;q=0.1|text/csv" })
		void isTheOneThatTheClientPrefers(String accept, String type) {
			fixture.owner()
				.get()
				.uri(PATH)
				.header(HttpHeaders.ACCEPT, accept)
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.contentTypeCompatibleWith(type);
		}

		@Test
		void isJsonWithoutAnAcceptHeader() {
			fixture.owner()
				.get()
				.uri(PATH)
				.headers((headers) -> headers.remove(HttpHeaders.ACCEPT))
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.contentType("application/json");
		}

		@ParameterizedTest
		@ValueSource(strings = { "application/xml", "text/html", "application/json;q=0", "text/plain, image/*" })
		void thatDoesNotExistIsRefused(String accept) {
			expectProblem(fixture.owner().get().uri(PATH).header(HttpHeaders.ACCEPT, accept).exchange(), 406, """
					{"type":"urn:latchkey:problem:not-acceptable","title":"No representation matches the Accept header",
					"status":406,"detail":"No representation matches the Accept header.","code":"not-acceptable"}
					""");
			assertThat(fixture.access().checked()).isEmpty();
		}

	}

	@Nested
	class ACaller {

		@ParameterizedTest
		@ValueSource(strings = { "application/json", "text/event-stream", "application/x-ndjson", "text/csv" })
		void whoIsNotSignedInIsRefused(String accept) {
			expectProblem(get(fixture.anonymous(), accept), 401, """
					{"type":"urn:latchkey:problem:not-signed-in","title":"Sign in first","status":401,
					"detail":"Sign in first.","code":"not-signed-in"}
					""").expectHeader().valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
			assertThat(fixture.access().checked()).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "application/json", "text/event-stream", "application/x-ndjson", "text/csv" })
		void whoIsNotTheOwnerIsRefused(String accept) {
			expectProblem(get(fixture.member(), accept), 403,
					"""
							{"type":"urn:latchkey:problem:owner-only","title":"Only the account's owner may do this","status":403,
							"detail":"Only the account's owner may do this.","code":"owner-only"}
							""");
			assertNothingRead();
		}

		@ParameterizedTest
		@ValueSource(strings = { "application/json", "text/event-stream", "application/x-ndjson", "text/csv" })
		void whoIsNotAMemberDoesNotFindTheAccount(String accept) {
			expectProblem(get(fixture.stranger(), accept), 404, """
					{"type":"urn:latchkey:problem:not-found","title":"Not found, or you have no access","status":404,
					"detail":"Not found, or you have no access.","code":"not-found"}
					""");
			assertNothingRead();
		}

		private WebTestClient.ResponseSpec get(WebTestClient client, String accept) {
			return client.get().uri(PATH).header(HttpHeaders.ACCEPT, accept).exchange();
		}

		private void assertNothingRead() {
			assertThat(fixture.log().pagesRead()).isZero();
			assertThat(fixture.feed().isWatched()).isFalse();
		}

	}

	@Nested
	class AQuery {

		@ParameterizedTest
		@ValueSource(strings = { "application/json", "text/event-stream", "application/x-ndjson", "text/csv" })
		void withAnUnknownParameterIsRefused(String accept) {
			expectProblem(fixture.owner()
				.get()
				.uri(PATH + "?types=member.left")
				.header(HttpHeaders.ACCEPT, accept)
				.exchange(), 400, malformed("There is no query parameter with this name here.", "types"));
			assertThat(fixture.access().checked()).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "limit=1&limit=1", "after=7-1&limit=2&limit=3" })
		void withARepeatedParameterIsRefused(String query) {
			expectProblem(fixture.owner().get().uri(PATH + "?" + query).exchange(), 400,
					malformed("This query parameter may occur only once.", "limit"));
			assertThat(fixture.access().checked()).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "limit=0", "limit=101", "limit=-1", "limit=x", "limit=", "limit=1000" })
		void withALimitOutOfRangeIsRefused(String query) {
			expectProblem(fixture.owner().get().uri(PATH + "?" + query).exchange(), 400,
					malformed("The limit must be a number from 1 to 100.", "limit"));
			assertThat(fixture.access().checked()).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "application/json", "application/x-ndjson", "text/csv" })
		void withAnUnknownTypeIsRefused(String accept) {
			expectProblem(
					fixture.owner().get().uri(PATH + "?type=member.lost").header(HttpHeaders.ACCEPT, accept).exchange(),
					400, malformed("There is no such event type.", "type"));
			assertThat(fixture.access().checked()).isEmpty();
		}

		@ParameterizedTest
		@CsvSource({ "application/json, type=member.left", "application/x-ndjson, type=member.left",
				"text/csv, type=member.left", "application/json, cursor=3" })
		void cannotCombineAPositionWithAFilterOrAnotherCursor(String accept, String query) {
			expectProblem(
					fixture.owner()
						.get()
						.uri(PATH + "?after=7-1&" + query)
						.header(HttpHeaders.ACCEPT, accept)
						.exchange(),
					400, malformed("This query parameter can't be combined with 'after'.",
							query.substring(0, query.indexOf('='))));
			assertThat(fixture.log().pagesRead()).isZero();
		}

		@ParameterizedTest
		@CsvSource({ "application/x-ndjson, limit=5, limit", "application/x-ndjson, cursor=5, cursor",
				"text/csv, limit=5, limit", "text/csv, cursor=5, cursor", "text/event-stream, limit=5, limit",
				"text/event-stream, cursor=5, cursor", "text/event-stream, type=member.left, type" })
		void ofAStreamHasNoPage(String accept, String query, String field) {
			expectProblem(fixture.owner().get().uri(PATH + "?" + query).header(HttpHeaders.ACCEPT, accept).exchange(),
					400,
					malformed("This query parameter can't be combined with 'Accept: %s'.".formatted(accept), field));
			assertThat(fixture.access().checked()).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "x", "-1", "1-1", "1234567890123456789" })
		void withAnInvalidCursorIsRefused(String cursor) {
			expectProblem(fixture.owner().get().uri(PATH + "?cursor=" + cursor).exchange(), 400, """
					{"type":"urn:latchkey:problem:invalid-cursor","title":"Not a valid cursor for this list",
					"status":400,"detail":"Not a valid cursor for this list.","code":"invalid-cursor"}
					""");
			assertThat(fixture.access().checked()).isEmpty();
		}

		@ParameterizedTest
		@CsvSource({ "application/json, garbage", "application/json, 8-3", "application/json, 7-",
				"application/json, ''", "application/json, 7-7", "application/x-ndjson, 8-3",
				"application/x-ndjson, garbage", "application/x-ndjson, 7-7", "text/csv, 8-3", "text/csv, 7-7" })
		void withAPositionOfAnotherLogIsRefused(String accept, String position) {
			expectInvalidPosition(accept, position);
			assertThat(fixture.log().pagesRead()).isZero();
		}

		@ParameterizedTest
		@ValueSource(strings = { "application/json", "application/x-ndjson", "text/csv" })
		void withAPositionBeforeADeletedEventIsRefused(String accept) {
			fixture.log().purgeBefore(FeedFixture.ACCOUNT, 4);
			expectInvalidPosition(accept, "7-2");
		}

		private void expectInvalidPosition(String accept, String position) {
			expectProblem(
					fixture.owner()
						.get()
						.uri(PATH + "?after=" + position)
						.header(HttpHeaders.ACCEPT, accept)
						.exchange(),
					400,
					"""
							{"type":"urn:latchkey:problem:invalid-cursor","title":"Not a valid cursor for this list",
							"status":400,"detail":"Not a valid cursor for this list.","code":"invalid-cursor","field":"after"}
							""");
		}

		private static String malformed(String detail, String field) {
			return """
					{"type":"urn:latchkey:problem:malformed-request","title":"The request can't be read","status":400,
					"detail":"%s","code":"malformed-request","field":"%s"}
					""".formatted(detail, field);
		}

	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "text/event-stream", "application/x-ndjson", "text/csv" })
	void anAccountIdThatIsNotCanonicalIsRefused(String accept) {
		expectProblem(this.fixture.owner()
			.get()
			.uri("/api/v1/accounts/00000000-0000-0001-0000-00000000000A/events")
			.header(HttpHeaders.ACCEPT, accept)
			.exchange(), 400, """
					{"type":"urn:latchkey:problem:malformed-request","title":"The request can't be read","status":400,
					"detail":"The account's id must be a UUID in lower case.","code":"malformed-request",
					"field":"account"}
					""");
		assertThat(this.fixture.access().checked()).isEmpty();
	}

	private static WebTestClient.ResponseSpec expectProblem(WebTestClient.ResponseSpec response, int status,
			String problem) {
		response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType("application/problem+json")
			.expectBody()
			.json(problem, JsonCompareMode.STRICT);
		return response;
	}

}
