package dev.latchkey;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.testing.BodyEndpoints;
import dev.latchkey.testing.BodyEndpoints.Endpoint;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.InvalidValues;
import dev.latchkey.testing.ProblemAssertions;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.RoleFixture.Stage;
import dev.latchkey.testing.Service;
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
 * Bad input of every field, id, parameter and header gets a 4xx problem that tells
 * nothing of the inside, and changes nothing in any table.
 */
class InvalidInputTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static Service service;

	static RoleFixture fixture;

	static Stage stage;

	static Stage others;

	static List<Endpoint> doors;

	static Tables tables;

	static Map<String, Object> before = new TreeMap<>();

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.sessions.max-attempts-per-address", "100000")
			.set("latchkey.sessions.max-reset-mails-per-hour", "100000")
			.start();
		fixture = new RoleFixture(service, database);
		stage = fixture.stage();
		others = new RoleFixture(service, database).stage();
		doors = BodyEndpoints.of(fixture, stage);
		tables = new Tables(database);
		tables.awaitEmptyOutbox();
	}

	@BeforeEach
	void look() {
		before = tables.digest();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	static List<Endpoint> doors() {
		return doors;
	}

	static Stream<Arguments> badFields() {
		return doors.stream()
			.flatMap((door) -> door.fields()
				.keySet()
				.stream()
				.flatMap((field) -> InvalidValues.of(door.name(), field)
					.stream()
					.map((bad) -> Arguments.of(door, field, bad))));
	}

	static Stream<Arguments> neededFields() {
		return doors.stream()
			.flatMap((door) -> door.fields()
				.keySet()
				.stream()
				.filter((field) -> !List.of("cookie", "reason").contains(field))
				.map((field) -> Arguments.of(door, field)));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("badFields")
	void aBadValueOfAFieldIsRefused(Endpoint door, String field, String bad) {
		Map<String, Object> rest = new LinkedHashMap<>(door.fields());
		rest.remove(field);
		String remaining = JSON.writeValueAsString(rest);
		String body = "{\"" + field + "\":" + bad + (rest.isEmpty() ? "}" : "," + remaining.substring(1));
		assertRefused(door.send(body));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("neededFields")
	void aMissingFieldIsRefused(Endpoint door, String field) {
		Map<String, Object> rest = new LinkedHashMap<>(door.fields());
		rest.remove(field);
		Answer answer = door.send(JSON.writeValueAsString(rest));
		assertRefused(answer);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.at("field")).isEqualTo(field);
	}

	/**
	 * A body says nothing that the row alone decides.
	 */
	@ParameterizedTest
	@MethodSource("doors")
	void anUnknownPropertyIsRefused(Endpoint door) {
		for (String name : List.of("status", "owner", "id", "version", "expiresAt", "accountId", "inviterId", "role",
				"EMAIL", "Permissions", "__proto__", "", " ", "\\u0000", "\\ud800", "\\u202e", "x".repeat(500),
				"\\ud83d\\ude00".repeat(100), "<script>")) {
			Answer answer = door.send(with(door, "\"" + name + "\":1"));
			assertRefused(answer);
			assertThat(answer.status()).as(name).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@MethodSource("doors")
	void aBodyThatIsNotOneObjectIsRefused(Endpoint door) {
		String good = JSON.writeValueAsString(door.fields());
		String field = door.fields().keySet().iterator().next();
		String value = JSON.writeValueAsString(door.fields().get(field));
		for (String body : List.of("", " ", "null", "[]", "[" + good + "]", "\"x\"", value, "1", "true", "{", "}",
				"{}}", good + good, good + "x", good + " 1", good.substring(0, good.length() - 1),
				"\ufeff" + good + "]", good.replace('"', '\''), "// x\n" + good,
				with(door, "\"" + field + "\":" + value), "{\"x\":" + "[".repeat(7000) + "]".repeat(7000) + "}",
				"{\"" + field + "\":" + "[".repeat(7000) + "]".repeat(7000) + "}",
				"{\"" + field + "\":" + "{\"a\":".repeat(2000) + "1" + "}".repeat(2000) + "}",
				"{\"" + field + "\":NaN}", "{\"" + field + "\":" + "9".repeat(5000) + "}",
				"{\"" + field + "\":1e999999999}")) {
			Answer answer = door.send(body);
			assertRefused(answer);
			assertThat(answer.status()).as(body).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@MethodSource("doors")
	void anotherMediaTypeIsRefused(Endpoint door) {
		String good = JSON.writeValueAsString(door.fields());
		for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
				"application/xml", "application/jsonp", "text/json", "application/octet-stream", "text/xml")) {
			Answer answer = door.send(good, "Content-Type", type);
			assertRefused(answer);
			assertThat(answer.status()).as(type).isEqualTo(415);
		}
		for (String type : List.of("json", "/", "application/", "*/*", "application/json;charset=nonsense", ";",
				"a b/c")) {
			Answer answer = door.send(good, "Content-Type", type);
			assertRefused(answer);
			assertThat(answer.status()).as(type).isIn(400, 415);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/resend", "/revoke" })
	void aBodyWhereNoneIsTakenIsRefused(String command) {
		String path = stage.owner().path("/invitations/" + stage.invitation() + command);
		for (String body : List.of("{}", "null", " ", "{\"permissions\":[\"orders\"]}")) {
			Answer answer = stage.owner().client().post(path, body);
			assertRefused(answer);
			assertThat(answer.status()).as(body).isEqualTo(400);
		}
	}

	/**
	 * What can be read but not answered is refused before anything is done.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "json", "/", "application/", "a b/c", "text/event-stream;q=x", "*/html" })
	void anUnreadableAcceptHeaderIsRefused(String accept) {
		for (String path : List.of("/events", "/invitations", "/members", "")) {
			Answer answer = stage.owner().client().get(stage.owner().path(path), "Accept", accept);
			assertThat(answer.status()).as(path).isIn(200, 400, 406);
			assertThat(answer.text()).doesNotContain("xception");
		}
	}

	/**
	 * Ids and parameters.
	 */
	@Nested
	class Targets {

		@ParameterizedTest
		@ValueSource(strings = { "x", "1", "null", "00000000-0000-0000-0000-00000000000", "0-0-0-0-0",
				"00000000000000000000000000000000", "{00000000-0000-0000-0000-000000000000}", "%F0%9F%98%80", "me",
				"00000000-0000-0000-0000-00000000000G", "%EF%BC%91", "*", "%27%20or%201=1", "-1" })
		void aMalformedIdIsRefused(String id) {
			String escaped = id.replace("{", "%7B").replace("}", "%7D");
			assertEachIs(400, stage.owner().account(), escaped);
		}

		/**
		 * One thing has one URL.
		 */
		@ParameterizedTest
		@ValueSource(strings = { "ABCDEFAB-CDEF-4ABC-8DEF-ABCDEFABCDEF" })
		void anUpperCaseIdIsRefused(String id) {
			assertEachIs(400, stage.owner().account(), id);
		}

		@ParameterizedTest
		@ValueSource(strings = { "unknown", "another account's" })
		void anIdOfNothingHereIsNotFound(String which) {
			boolean unknown = which.equals("unknown");
			assertEachIs(404, stage.owner().account(), unknown ? UUID.randomUUID().toString() : others.invitation());
			assertEachIs(404, unknown ? UUID.randomUUID().toString() : others.owner().account(), stage.invitation());
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
		void aBadParameterIsRefused(String target) {
			assertRefused(stage.owner().client().get(stage.owner().path(target)));
		}

		@ParameterizedTest
		@ValueSource(ints = { 101, 1000, 3000 })
		void aSearchThatIsTooLongIsRefused(int length) {
			assertRefused(stage.owner().client().get(stage.owner().path("/members?q=" + "x".repeat(length))));
			assertRefused(stage.owner().client().get(stage.owner().path("/invitations?q=" + "x".repeat(length))));
		}

		private void assertEachIs(int status, String account, String id) {
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

		private Answer edit(String path) {
			return stage.owner().client().put(path, Map.of("permissions", List.of("quotes")), "If-Match", "\"1\"");
		}

		private void assertStatus(int status, Answer answer) {
			assertRefused(answer);
			assertThat(answer.status()).as(answer.text()).isEqualTo(status);
		}

	}

	/**
	 * Headers that commands read.
	 */
	@Nested
	class Headers {

		@ParameterizedTest
		@ValueSource(strings = { "*", "1", "\"0\"", "\"2\"", "\"x\"", "\"\"", "W/\"1\"", "\"1\", \"2\"", "\"-1\"",
				"\"9999999999\"" })
		void aTagThatIsNotTheOneThatWasReadIsStale(String tag) {
			for (Endpoint door : List.of(doors.get(7), doors.get(8))) {
				Answer answer = door.send("{\"permissions\":[\"quotes\"]}", "If-Match", tag);
				assertRefused(answer);
				assertThat(answer.status()).as(answer.text()).isEqualTo(412);
			}
		}

		@ParameterizedTest
		@ValueSource(ints = { 7, 8 })
		void anEditWithoutATagIsRefused(int door) {
			Answer answer = fixture.client(Role.OWNER).put(doors.get(door).path(), "{\"permissions\":[\"quotes\"]}");
			assertRefused(answer);
			assertThat(answer.status()).isEqualTo(428);
		}

		@ParameterizedTest
		@ValueSource(
				strings = { "", "a b", "x\ty", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" })
		void aBadIdempotencyKeyIsRefused(String key) {
			assertRefused(doors.get(5).send("{\"name\":\"Another\"}", "Idempotency-Key", key));
			assertRefused(doors.get(6)
				.send("{\"email\":\"new@example.test\",\"permissions\":[\"quotes\"]}", "Idempotency-Key", key));
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "Bearer", "Bearer ", "Bearer x", "Basic YTpi", "bearer null",
				"Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Bearer a b", "Bearer ../..", "Digest x" })
		void aBadSessionTokenIsNobody(String authorization) {
			Answer answer = service.anonymous().get("/session", "Authorization", authorization);
			assertRefused(answer);
			assertThat(answer.status()).isEqualTo(401);
		}

	}

	private static String with(Endpoint door, String member) {
		String good = JSON.writeValueAsString(door.fields());
		return good.substring(0, good.length() - 1) + "," + member + "}";
	}

	private static void assertRefused(Answer answer) {
		ProblemAssertions.assertIsProblem(answer);
		assertThat(tables.digest()).isEqualTo(before);
	}

}
