package dev.latchkey.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.ProblemAssertions;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.RawHttp.Reply;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.Tables;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Malformed requests get a problem document too, whether they are refused by the HTTP
 * server, by a filter or by a route.
 */
@ExtendWith(OutputCaptureExtension.class)
@ServiceTest
class RawRequestTests {

	private static final String SESSION = "/api/v1/session";

	private static final String CATALOGUE = "/api/v1/permissions";

	static Service service;

	static RoleFixture fixture;

	static Tables tables;

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database).start();
		fixture = new RoleFixture(service, database);
		tables = new Tables(database);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	static Stream<String> unreadable() {
		String host = "Host: localhost\r\nConnection: close\r\n";
		return Stream.of("GARBAGE\r\n\r\n", "GET " + CATALOGUE + "\r\n" + host + "\r\n",
				"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET " + CATALOGUE + " HTTP/9.9\r\n" + host + "\r\n",
				"GET " + CATALOGUE + " HTTP/2.0\r\n" + host + "\r\n",
				"G@T " + CATALOGUE + " HTTP/1.1\r\n" + host + "\r\n",
				"GET " + CATALOGUE + " HTTP/1.1\r\nConnection: close\r\n\r\n",
				"GET " + CATALOGUE + " HTTP/1.1\r\nConnection: close\r\nHost: a\r\nHost: b\r\n\r\n",
				"GET " + CATALOGUE + " HTTP/1.1\r\nConnection: close\r\nHost: a b\r\n\r\n",
				"GET " + CATALOGUE + " HTTP/1.1\r\nConnection: close\r\nHost: a/b\r\n\r\n",
				"GET " + CATALOGUE + " HTTP/1.1\r\nConnection: close\r\nHost: u@a\r\n\r\n",
				"GET " + CATALOGUE + " HTTP/1.1\r\nConnection: close\r\nHost : a\r\n\r\n",
				"GET " + CATALOGUE + " HTTP/1.1\r\n" + host + "X: a\0b\r\n\r\n",
				"GET " + CATALOGUE + " HTTP/1.1\r\n" + host + "Cookie: a=\u0001\r\n\r\n");
	}

	/**
	 * Requests whose end two recipients could interpret differently (request smuggling).
	 */
	static Stream<String> badlyFramed() {
		return Stream.of("Content-Length: x\r\n\r\n{}", "Content-Length: -1\r\n\r\n{}", "Content-Length: +2\r\n\r\n{}",
				"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", "Content-Length: 2, 3\r\n\r\n{} ",
				"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
				"Transfer-Encoding: gzip\r\n\r\n{}", "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
				"Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
				"Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
				"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
				"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n");
	}

	@ParameterizedTest
	@MethodSource("unreadable")
	void anUnreadableRequestIsMalformed(String request) {
		assertIsProblem(RawHttp.send(service, request), 400, "malformed-request");
	}

	@ParameterizedTest
	@MethodSource("badlyFramed")
	void anAmbiguousBodyLengthIsRefused(String rest, CapturedOutput output) {
		tables.awaitEmptyOutbox();
		Map<String, Object> before = tables.digest();
		String head = "POST " + SESSION + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
				+ "Content-Type: application/json\r\n";
		assertIsProblem(RawHttp.send(service, head + rest), 400, "malformed-request");
		assertThat(tables.digest()).isEqualTo(before);
		assertThat(output.getAll()).doesNotContain(" ERROR ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "%", "%zz", "%c", "a%", "%c3", "%ff", "%c0%80", "%ed%a0%80", "<>", "a b", "\u00e9", "\\",
			"{}", "|", "^", "%00" })
	void aMalformedTargetIsRefused(String bad) {
		String token = "Bearer " + fixture.client(Role.OWNER).token();
		String account = "/api/v1/accounts/" + fixture.stage().owner().account();
		for (String target : List.of("/api/v1/" + bad, account + bad, account + "/members/" + bad,
				account + "/members?q=" + bad, account + "/events?type=" + bad, CATALOGUE + "?" + bad + "=1")) {
			Reply reply = RawHttp.send(service, RawHttp.head("GET", target, "Authorization", token));
			assertThat(reply.status()).as(target).isIn(400, 404);
			assertIsProblem(reply, reply.status(), (reply.status() == 404) ? "not-found" : "malformed-request");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "members?limit=1&limit=1", "members?limitt=1", "invitations?q=a&q=b", "events?type=x&x",
			"events?after=1-1&after=1-1", "invitations?cursor=1&cursor=2", "members?%20=1", "members?q=a&%71=b" })
	void unknownAndRepeatedParametersAreRefused(String list) {
		String token = "Bearer " + fixture.client(Role.OWNER).token();
		String target = "/api/v1" + fixture.stage().owner().path("/" + list);
		assertIsProblem(RawHttp.send(service, RawHttp.head("GET", target, "Authorization", token)), 400,
				"malformed-request");
	}

	@Test
	void aTargetThatIsTooLongGets414() {
		String token = "Bearer " + fixture.client(Role.OWNER).token();
		for (String target : List.of("/api/v1/" + "x".repeat(5000), CATALOGUE + "?q=" + "x".repeat(5000),
				"/" + "x/".repeat(50_000))) {
			Reply reply = RawHttp.send(service, RawHttp.head("GET", target, "Authorization", token));
			assertIsProblem(reply, 414, "uri-too-long");
		}
	}

	@Test
	void headersThatAreTooLargeGet431() {
		for (String[] headers : List.of(new String[] { "X", "x".repeat(9000) },
				Stream.generate(() -> Stream.of("X", "x".repeat(50)))
					.limit(400)
					.flatMap((pair) -> pair)
					.toArray(String[]::new),
				new String[] { "Cookie", "latchkey=" + "x".repeat(9000) })) {
			assertIsProblem(RawHttp.send(service, RawHttp.head("GET", CATALOGUE, headers)), 431, "headers-too-large");
		}
	}

	@Test
	void anErrorOfTheHttpServerHasSecurityHeadersAndClosesTheConnection() {
		Reply reply = RawHttp.send(service, "GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
		assertThat(reply.headers()).containsEntry("cache-control", "no-store")
			.containsEntry("x-content-type-options", "nosniff")
			.containsEntry("connection", "close")
			.containsKey("content-security-policy")
			.doesNotContainKey("server");
	}

	@Test
	void aMalformedHeadRequestGetsNoBody() {
		Reply reply = RawHttp.send(service, RawHttp.head("HEAD", "/api/v1/%zz"));
		assertThat(reply.status()).isEqualTo(400);
		assertThat(reply.body()).isEmpty();
	}

	/**
	 * The client gets no "100 Continue" for a body that would be refused.
	 */
	@Test
	void aBodyWithATooLargeContentLengthIsRefusedBeforeItIsSent() {
		assertIsProblem(RawHttp.send(service, post(SESSION, "Content-Length", "20000000")), 413, "body-too-large");
		assertIsProblem(RawHttp.send(service, post("/api/v1/accounts", "Content-Length", "2")), 401, "not-signed-in");
		assertIsProblem(RawHttp.send(service, post(SESSION, "Content-Length", "2", "Accept", "text/html")), 406,
				"not-acceptable");
	}

	@Test
	void anExpectedBodyGets100Continue() {
		byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
		Reply reply = RawHttp.send(service, post(SESSION, "Content-Length", "2"), body);
		assertThat(reply.status()).isEqualTo(100);
		assertThat(reply.body()).startsWith("HTTP/1.1 400 ").contains("\"malformed-request\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "br", "GZIP", "x" })
	void anEncodedBodyIsRefused(String coding) {
		Response answer = service.anonymous()
			.post("/users", Map.of("email", "a@example.test"), "Content-Encoding", coding);
		assertThat(answer.status()).isEqualTo(415);
		assertThat(answer.code()).isEqualTo("unsupported-media-type");
		assertThat(service.anonymous()
			.post("/users", Map.of("email", "a@example.test"), "Content-Encoding", "identity")
			.status()).isEqualTo(202);
	}

	@Test
	void http10NeedsNoHost() {
		assertThat(RawHttp.send(service, "GET " + CATALOGUE + " HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:8080", "users.example.org", "127.0.0.1:1", "[::1]", "[::1]:8080" })
	void anyValidHostIsAccepted(String host) {
		assertThat(RawHttp.send(service, RawHttp.head("GET", CATALOGUE, "Host", host)).status()).isEqualTo(200);
	}

	@Test
	void aKnownPathOutsideTheApiListsItsMethodsToo() {
		Reply post = RawHttp.send(service, RawHttp.head("POST", "/openapi.yaml"));
		assertIsProblem(post, 405, "method-not-allowed");
		assertThat(post.headers()).containsEntry("allow", "GET, HEAD, OPTIONS");
		assertThat(RawHttp.send(service, RawHttp.head("OPTIONS", "/openapi.yaml")).headers()).containsEntry("allow",
				"GET, HEAD, OPTIONS");
	}

	private static String post(String target, String... headers) {
		String[] all = Stream
			.concat(Stream.of("Expect", "100-continue", "Content-Type", "application/json"), Stream.of(headers))
			.toArray(String[]::new);
		return RawHttp.head("POST", target, all);
	}

	private static void assertIsProblem(Reply reply, int status, String code) {
		Map<String, List<String>> headers = new TreeMap<>();
		reply.headers().forEach((name, value) -> headers.put(name, List.of(value)));
		Response answer = new Response(reply.status(), headers, reply.body());
		assertThat(reply.status()).as(reply.body()).isEqualTo(status);
		ProblemAssertions.assertIsProblem(answer);
		assertThat(answer.code()).isEqualTo(code);
	}

}
