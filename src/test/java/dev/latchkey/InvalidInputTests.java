package dev.latchkey;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.testing.BodyEndpoints;
import dev.latchkey.testing.BodyEndpoints.Endpoint;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.InvalidValues;
import dev.latchkey.testing.ProblemAssertions;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.RoleFixture.Stage;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.Tables;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Invalid input in any field, id, parameter or header gets a 4xx problem that reveals no
 * implementation detail, and changes nothing in any table.
 */
@ServiceTest
class InvalidInputTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static Service service;

	static RoleFixture fixture;

	static Stage stage;

	static Stage otherStage;

	static List<Endpoint> endpoints;

	static Tables tables;

	static Map<String, Object> before = new TreeMap<>();

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.sessions.max-attempts-per-address", "100000")
			.set("latchkey.sessions.max-attempts-per-address-and-source", "100000")
			.set("latchkey.sessions.max-reset-mails-per-hour", "100000")
			.start();
		fixture = new RoleFixture(service, database);
		stage = fixture.stage();
		otherStage = new RoleFixture(service, database).stage();
		endpoints = BodyEndpoints.of(fixture, stage);
		tables = new Tables(database);
		tables.awaitEmptyOutbox();
	}

	@BeforeEach
	void digestTables() {
		before = tables.digest();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	static List<Endpoint> endpoints() {
		return endpoints;
	}

	static Stream<Arguments> invalidFields() {
		return endpoints.stream()
			.flatMap((endpoint) -> endpoint.fields()
				.keySet()
				.stream()
				.flatMap((field) -> InvalidValues.of(endpoint.name(), field)
					.stream()
					.map((invalid) -> Arguments.of(endpoint, field, invalid))));
	}

	static Stream<Arguments> requiredFields() {
		return endpoints.stream()
			.flatMap((endpoint) -> endpoint.fields()
				.keySet()
				.stream()
				.filter((field) -> !List.of("cookie", "reason").contains(field))
				.map((field) -> Arguments.of(endpoint, field)));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("invalidFields")
	void anInvalidFieldValueIsRejected(Endpoint endpoint, String field, String invalid) {
		Map<String, Object> rest = new LinkedHashMap<>(endpoint.fields());
		rest.remove(field);
		String remaining = JSON.writeValueAsString(rest);
		String body = "{\"" + field + "\":" + invalid + (rest.isEmpty() ? "}" : "," + remaining.substring(1));
		assertRejected(endpoint.send(body));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("requiredFields")
	void aMissingFieldIsRejected(Endpoint endpoint, String field) {
		Map<String, Object> rest = new LinkedHashMap<>(endpoint.fields());
		rest.remove(field);
		Response response = endpoint.send(JSON.writeValueAsString(rest));
		assertRejected(response);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("field")).isEqualTo(field);
	}

	/**
	 * A body must not contain properties that only the service sets.
	 */
	@ParameterizedTest
	@MethodSource("endpoints")
	void anUnknownPropertyIsRejected(Endpoint endpoint) {
		for (String name : List.of("status", "owner", "id", "version", "expiresAt", "accountId", "inviterId", "role",
				"EMAIL", "Permissions", "__proto__", "", " ", "\\u0000", "\\ud800", "\\u202e", "x".repeat(500),
				"\\ud83d\\ude00".repeat(100), "<script>")) {
			Response response = endpoint.send(withProperty(endpoint, "\"" + name + "\":1"));
			assertRejected(response);
			assertThat(response.status()).as(name).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void aBodyThatIsNotOneObjectIsRejected(Endpoint endpoint) {
		String valid = JSON.writeValueAsString(endpoint.fields());
		String field = endpoint.fields().keySet().iterator().next();
		String value = JSON.writeValueAsString(endpoint.fields().get(field));
		for (String body : List.of("", " ", "null", "[]", "[" + valid + "]", "\"x\"", value, "1", "true", "{", "}",
				"{}}", valid + valid, valid + "x", valid + " 1", valid.substring(0, valid.length() - 1),
				"\ufeff" + valid + "]", valid.replace('"', '\''), "// x\n" + valid,
				withProperty(endpoint, "\"" + field + "\":" + value),
				"{\"x\":" + "[".repeat(7000) + "]".repeat(7000) + "}",
				"{\"" + field + "\":" + "[".repeat(7000) + "]".repeat(7000) + "}",
				"{\"" + field + "\":" + "{\"a\":".repeat(2000) + "1" + "}".repeat(2000) + "}",
				"{\"" + field + "\":NaN}", "{\"" + field + "\":" + "9".repeat(5000) + "}",
				"{\"" + field + "\":1e999999999}")) {
			Response response = endpoint.send(body);
			assertRejected(response);
			assertThat(response.status()).as(body).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void anUnsupportedMediaTypeIsRejected(Endpoint endpoint) {
		String valid = JSON.writeValueAsString(endpoint.fields());
		for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
				"application/xml", "application/jsonp", "text/json", "application/octet-stream", "text/xml")) {
			Response response = endpoint.send(valid, "Content-Type", type);
			assertRejected(response);
			assertThat(response.status()).as(type).isEqualTo(415);
		}
		for (String type : List.of("json", "/", "application/", "*/*", "application/json;charset=nonsense", ";",
				"a b/c")) {
			Response response = endpoint.send(valid, "Content-Type", type);
			assertRejected(response);
			assertThat(response.status()).as(type).isIn(400, 415);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/resend", "/revoke" })
	void aBodyForACommandWithoutBodyIsRejected(String command) {
		String path = stage.owner().path("/invitations/" + stage.invitation() + command);
		for (String body : List.of("{}", "null", " ", "{\"permissions\":[\"orders\"]}")) {
			Response response = stage.owner().client().post(path, body);
			assertRejected(response);
			assertThat(response.status()).as(body).isEqualTo(400);
		}
	}

	/**
	 * The header either selects a media type, or the request is rejected.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "json", "/", "application/", "a b/c", "text/event-stream;q=x", "*/html" })
	void anUnreadableAcceptHeaderCausesNoServerError(String accept) {
		for (String path : List.of("/events", "/invitations", "/members", "")) {
			Response response = stage.owner().client().get(stage.owner().path(path), "Accept", accept);
			assertThat(response.status()).as(path).isIn(200, 400, 406);
			assertThat(response.text()).doesNotContain("xception");
		}
	}

	/**
	 * Ids and query parameters.
	 */
	@Nested
	class Targets {

		@ParameterizedTest
		@ValueSource(strings = { "x", "1", "null", "00000000-0000-0000-0000-00000000000", "0-0-0-0-0",
				"00000000000000000000000000000000", "{00000000-0000-0000-0000-000000000000}", "%F0%9F%98%80", "me",
				"00000000-0000-0000-0000-00000000000G", "%EF%BC%91", "*", "%27%20or%201=1", "-1" })
		void aMalformedIdIsRejected(String id) {
			String escaped = id.replace("{", "%7B").replace("}", "%7D");
			assertAllReturn(400, stage.owner().account(), escaped);
		}

		/**
		 * Each resource has exactly one URL.
		 */
		@ParameterizedTest
		@ValueSource(strings = { "ABCDEFAB-CDEF-4ABC-8DEF-ABCDEFABCDEF" })
		void anUpperCaseIdIsRejected(String id) {
			assertAllReturn(400, stage.owner().account(), id);
		}

		@ParameterizedTest
		@ValueSource(strings = { "unknown", "another account's" })
		void anUnknownIdOrAnIdOfAnotherAccountIsNotFound(String which) {
			boolean unknown = which.equals("unknown");
			assertAllReturn(404, stage.owner().account(),
					unknown ? UUID.randomUUID().toString() : otherStage.invitation());
			assertAllReturn(404, unknown ? UUID.randomUUID().toString() : otherStage.owner().account(),
					stage.invitation());
		}

		@ParameterizedTest
		@ValueSource(strings = { "/invitations?limit=0", "/invitations?limit=101", "/invitations?limit=x",
				"/invitations?limit=", "/invitations?limit=-1", "/invitations?limit=%EF%BC%91",
				"/invitations?limit=1e1", "/invitations?limit=9999999999", "/invitations?cursor=x",
				"/invitations?cursor=-1", "/invitations?cursor=", "/invitations?cursor=99999999999999999999",
				"/invitations?status=x", "/invitations?status=", "/invitations?status=%00", "/members?limit=x",
				"/members?cursor=%00", "/members?q=%00", "/invitations?q=%00", "/events?limit=x", "/events?type=x",
				"/events?type=%00", "/events?after=x", "/events?after=1-1", "/events?after=", "/events?after=%00",
				"/events?cursor=x", "/access", "/access?permission=", "/access?permission=x", "/access?permission=%00",
				"/access?permission=%E2%80%AE", "/access?permission=%ED%A0%80", "/access?permission=%F0%9F%98%80",
				"/access?permission=INVOICES" })
		void anInvalidParameterIsRejected(String target) {
			assertRejected(stage.owner().client().get(stage.owner().path(target)));
		}

		@ParameterizedTest
		@ValueSource(ints = { 101, 1000, 3000 })
		void aTooLongSearchIsRejected(int length) {
			assertRejected(stage.owner().client().get(stage.owner().path("/members?q=" + "x".repeat(length))));
			assertRejected(stage.owner().client().get(stage.owner().path("/invitations?q=" + "x".repeat(length))));
		}

		private void assertAllReturn(int status, String account, String id) {
			String path = "/accounts/" + account;
			for (String rest : List.of("/invitations/" + id, "/invitations/" + id + "/events",
					"/invitations/" + id + "/permissions")) {
				assertStatus(status, stage.owner().client().get(path + rest));
			}
			for (String rest : List.of("/resend", "/revoke")) {
				assertStatus(status, stage.owner().client().send("POST", path + "/invitations/" + id + rest, null));
			}
			assertStatus(status, edit(path + "/invitations/" + id + "/permissions"));
			if (!id.equals("me")) {
				assertStatus(status, stage.owner().client().get(path + "/members/" + id));
				assertStatus(status, stage.owner().client().delete(path + "/members/" + id));
				assertStatus(status, edit(path + "/members/" + id + "/permissions"));
			}
			if (!id.equals(stage.invitation())) {
				for (String rest : List.of("", "/members", "/invitations", "/events", "/members/me")) {
					assertStatus(status, stage.owner().client().get("/accounts/" + id + rest));
				}
			}
		}

		private Response edit(String path) {
			return stage.owner().client().put(path, Map.of("permissions", List.of("quotes")), "If-Match", "\"1\"");
		}

		private void assertStatus(int status, Response response) {
			assertRejected(response);
			assertThat(response.status()).as(response.text()).isEqualTo(status);
		}

	}

	/**
	 * Request headers.
	 */
	@Nested
	class Headers {

		@ParameterizedTest
		@ValueSource(strings = { "*", "1", "\"0\"", "\"2\"", "\"x\"", "\"\"", "W/\"1\"", "\"1\", \"2\"", "\"-1\"",
				"\"9999999999\"" })
		void anotherETagIsStale(String tag) {
			for (Endpoint endpoint : List.of(endpoints.get(7), endpoints.get(8))) {
				Response response = endpoint.send("{\"permissions\":[\"quotes\"]}", "If-Match", tag);
				assertRejected(response);
				assertThat(response.status()).as(response.text()).isEqualTo(412);
			}
		}

		@ParameterizedTest
		@ValueSource(ints = { 7, 8 })
		void anEditWithoutAnETagIsRejected(int endpoint) {
			Response response = fixture.client(Role.OWNER)
				.put(endpoints.get(endpoint).path(), "{\"permissions\":[\"quotes\"]}");
			assertRejected(response);
			assertThat(response.status()).isEqualTo(428);
		}

		@ParameterizedTest
		@ValueSource(
				strings = { "", "a b", "x\ty", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" })
		void anInvalidIdempotencyKeyIsRejected(String key) {
			assertRejected(endpoints.get(5).send("{\"name\":\"Another\"}", "Idempotency-Key", key));
			assertRejected(endpoints.get(6)
				.send("{\"email\":\"new@example.test\",\"permissions\":[\"quotes\"]}", "Idempotency-Key", key));
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "Bearer", "Bearer ", "Bearer x", "Basic YTpi", "bearer null",
				"Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Bearer a b", "Bearer ../..", "Digest x" })
		void anInvalidSessionTokenIsNotSignedIn(String authorization) {
			Response response = service.anonymous().get("/session", "Authorization", authorization);
			assertRejected(response);
			assertThat(response.status()).isEqualTo(401);
		}

	}

	private static String withProperty(Endpoint endpoint, String property) {
		String valid = JSON.writeValueAsString(endpoint.fields());
		return valid.substring(0, valid.length() - 1) + "," + property + "}";
	}

	private static void assertRejected(Response response) {
		ProblemAssertions.assertIsProblem(response);
		assertThat(tables.digest()).isEqualTo(before);
	}

}
