package dev.latchkey;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.RawHttp.Reply;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.RoleFixture.Stage;
import dev.latchkey.testing.RoleMatrix;
import dev.latchkey.testing.RoleMatrix.Row;
import dev.latchkey.testing.RouteCollector;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.Tables;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.server.RouterFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the access rights of every route. Every route of the running service must have a
 * row in the role matrix, and the service must behave as the matrix specifies for each
 * role, method and unusual spelling of the path.
 */
@ServiceTest
class RouteInventoryTests {

	private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

	static TestDatabase database;

	static Service service;

	static RoleFixture fixture;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database).set("latchkey.invitations.resend-cooldown", "0s").start();
		fixture = new RoleFixture(service, database);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	static List<Row> rows() {
		return RoleMatrix.rows();
	}

	static Stream<Row> apiRows() {
		return rows().stream().filter(Row::isInApi);
	}

	static Set<String> apiPaths() {
		return apiRows().map(Row::path).collect(Collectors.toCollection(TreeSet::new));
	}

	static Stream<Row> readableRows() {
		return rows().stream().filter((row) -> row.method().equals("GET") && row.expected(Role.OWNER) < 300);
	}

	@Test
	void routesAndRowsOfTheRoleMatrixAreTheSame() {
		RouteCollector collector = new RouteCollector();
		service.beans(RouterFunction.class).forEach((router) -> router.accept(collector));
		assertThat(collector.routes()).containsExactlyInAnyOrderElementsOf(rows().stream().map(Row::route).toList());
	}

	@ParameterizedTest
	@MethodSource("rows")
	void eachRoleGetsTheStatusInTheMatrix(Row row) {
		Map<Role, Integer> expected = Stream.of(Role.values())
			.collect(Collectors.toMap(Function.identity(), row::expected));
		assertThat(fixture.callAsEachRole(row)).isEqualTo(expected);
	}

	@ParameterizedTest
	@MethodSource("apiRows")
	void unusualSpellingsOfAPathDoNotBypassAccessControl(Row row) {
		Stage stage = fixture.unchangedStage();
		for (String target : unusualSpellings(row.target(stage), stage)) {
			for (Role role : List.of(Role.ANONYMOUS, Role.STRANGER)) {
				Response answer = fixture.client(role)
					.atRoot()
					.send(row.method(), target, row.method().equals("GET") ? null : "{}", "If-Match", "\"1\"");
				assertThat(answer.status()).as("%s %s as %s", row.method(), target, role).isIn(400, 401, 404);
				assertThat(answer.text()).doesNotContain("Harbour Lights", stage.invitee());
			}
		}
	}

	@ParameterizedTest
	@MethodSource("apiPaths")
	void unsupportedMethodIsRefusedAndAllowListsTheSupportedOnes(String path) {
		String target = fixture.unchangedStage().fill(path);
		String allowed = allowed(path);
		for (String method : unsupportedMethods(path)) {
			Response answer = fixture.client(Role.OWNER).atRoot().send(method, target, null);
			assertThat(answer.status()).as("%s %s", method, path).isEqualTo(405);
			assertThat(answer.code()).isEqualTo("method-not-allowed");
			assertThat(answer.header("Allow")).isEqualTo(allowed);
		}
	}

	/**
	 * An anonymous caller gets a 405 response only if the path has a public endpoint.
	 */
	@ParameterizedTest
	@MethodSource("apiPaths")
	void anonymousCallerGets405OnlyForPublicPaths(String path) {
		boolean isPublic = apiRows().anyMatch((row) -> row.path().equals(path) && row.isPublic());
		String target = fixture.unchangedStage().fill(path);
		for (String method : unsupportedMethods(path)) {
			Response answer = service.anonymous().atRoot().send(method, target, null);
			assertThat(answer.status()).as("%s %s", method, path).isEqualTo(isPublic ? 405 : 401);
		}
	}

	@ParameterizedTest
	@MethodSource("apiPaths")
	void optionsListsTheSupportedMethods(String path) {
		Response answer = service.anonymous().atRoot().send("OPTIONS", fixture.unchangedStage().fill(path), null);
		assertThat(answer.status()).isEqualTo(204);
		assertThat(answer.header("Allow")).isEqualTo(allowed(path));
	}

	@ParameterizedTest
	@MethodSource("readableRows")
	void headReturnsTheStatusAndHeadersOfGetWithoutABody(Row row) {
		Stage stage = fixture.unchangedStage();
		new Tables(database).awaitEmptyOutbox();
		String accept = "application/json, */*;q=0.1";
		Reply get = send("GET", row.target(stage), "Accept", accept);
		Reply head = send("HEAD", row.target(stage), "Accept", accept);
		assertThat(head.status()).isEqualTo(get.status());
		assertThat(head.body()).isEmpty();
		assertThat(comparable(head)).isEqualTo(comparable(get));
	}

	@ParameterizedTest
	@MethodSource("apiRows")
	void headIsRefusedLikeGet(Row row) {
		Stage stage = fixture.unchangedStage();
		Response get = service.anonymous().atRoot().get(row.target(stage));
		Response head = service.anonymous().atRoot().send("HEAD", row.target(stage), null);
		assertThat(head.status()).isEqualTo(get.status());
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/event-stream", "text/event-stream;q=0.9", "text/event-stream;charset=utf-8",
			"TEXT/EVENT-STREAM", "application/json, text/event-stream;q=0.5" })
	void headOnTheFeedEnds(String accept) {
		Reply head = send("HEAD", fixture.unchangedStage().fill("/api/v1/accounts/{account}/events"), "Accept", accept);
		assertThat(head.status()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRACE", "CONNECT", "PROPFIND", "QUERY" })
	void unknownMethodIsRefusedWithAProblem(String method) {
		Reply reply = send(method, "/api/v1/session");
		assertThat(reply.status()).isEqualTo(405);
		assertThat(reply.headers().get("content-type")).isEqualTo("application/problem+json");
		assertThat(reply.headers().get("allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, POST");
	}

	@Test
	void unknownApiPathRequiresSignInAndIsNotFoundForUsers() {
		assertThat(service.anonymous().get("/nothing").status()).isEqualTo(401);
		assertThat(fixture.client(Role.OWNER).get("/nothing").status()).isEqualTo(404);
		assertThat(service.anonymous().atRoot().get("/nothing").status()).isEqualTo(404);
		assertThat(service.anonymous().atRoot().get("/nothing").header("Content-Type"))
			.isEqualTo("application/problem+json");
	}

	private static List<String> unusualSpellings(String target, Stage stage) {
		String path = target.replaceAll("\\?.*", "");
		String last = path.substring(path.lastIndexOf('/') + 1);
		String parent = path.substring(0, path.lastIndexOf('/'));
		return List.of(path + "/", "/" + path, parent + "//" + last, path + ";x=1", parent + ";/" + last, path + "%3b",
				parent + "%2f" + last, parent + "%2F" + last, parent + "/x/../" + last, parent + "/./" + last,
				parent + "/%2e%2e/" + last, path + "/..", path + "%00", path + "%20", path + ".json",
				parent + "%5c" + last, parent + "/" + last.toUpperCase(Locale.ROOT) + "X",
				path.replace("/api/", "/API/"), "/api/v1/accounts/" + stage.owner().account() + "/members/../" + last,
				"/api/v1/permissions/../" + path.substring("/api/v1/".length()), "/local/mailbox/.." + path,
				"/x/%2e%2e" + path, path.replace("/v1/", "/v1/%2e/"));
	}

	private static String allowed(String path) {
		Set<String> methods = apiRows().filter((row) -> row.path().equals(path))
			.map(Row::method)
			.collect(Collectors.toCollection(TreeSet::new));
		if (methods.contains("GET")) {
			methods.add("HEAD");
		}
		methods.add("OPTIONS");
		return String.join(", ", methods);
	}

	/**
	 * {@code …/members/me} also matches the path pattern of a single member. Both have
	 * the same methods, so no path needs a special case.
	 */
	private static List<String> unsupportedMethods(String path) {
		List<String> supported = List.of(allowed(path).split(", ", -1));
		return METHODS.stream().filter((method) -> !supported.contains(method)).toList();
	}

	private static Reply send(String method, String target, String... headers) {
		String[] all = Stream
			.concat(Stream.of("Authorization", "Bearer " + fixture.client(Role.OWNER).token()), Stream.of(headers))
			.toArray(String[]::new);
		return RawHttp.send(service, RawHttp.head(method, target, all));
	}

	private static Map<String, String> comparable(Reply reply) {
		return reply.headers()
			.entrySet()
			.stream()
			.filter((header) -> !List.of("date", "transfer-encoding").contains(header.getKey()))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

}
