package dev.latchkey.observability;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.latchkey.linktoken.LinkKeys;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkToken.Purpose;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TraceCollector;
import dev.latchkey.testing.Watcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The log of a process that is configured as in a container and handles all kinds of
 * failing requests: every line is valid JSON, and none identifies a person by more than
 * an id.
 */
@ServiceTest
class LogTests {

	private static final String KEY = "1:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

	private static final String PASSWORD = "four quiet green herons";

	private static final String SOURCE = "203.0.113.77";

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	static TestDatabase database;

	static ScriptedMailServer mail;

	static TraceCollector collector;

	static ServiceProcess service;

	static LinkTokens tokens;

	private final List<String> secrets = new ArrayList<>(
			List.of(PASSWORD, "five loud red herons", "Olive Owner", "Harbour Lights", SOURCE, "example.test"));

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mail = ScriptedMailServer.start();
		collector = TraceCollector.start();
		tokens = new LinkTokens(
				() -> new LinkKeys(List.of(LinkTokens.Key.of(1, Base64.getDecoder().decode(KEY.substring(2))))));
		List<String> settings = new ArrayList<>();
		database.settings().forEach((name, value) -> settings.add("--" + name + "=" + value));
		settings.addAll(List.of("--latchkey.links.keys=" + KEY, "--latchkey.base-url=http://localhost",
				"--latchkey.mail.host=127.0.0.1", "--latchkey.mail.port=" + mail.port(),
				"--latchkey.mail.transport=SMTP", "--latchkey.mail.from=no-reply@latchkey.invalid",
				"--latchkey.database.pool-size=2", "--spring.r2dbc.pool.max-acquire-time=1s",
				"--management.tracing.sampling.probability=1"));
		service = ServiceProcess.start(
				Map.of("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs", "LOGGING_STRUCTURED_ECS_SERVICE_ENVIRONMENT", "test",
						"SERVER_FORWARD_HEADERS_STRATEGY", "native", "OTEL_EXPORTER_OTLP_ENDPOINT", collector.url()),
				settings.toArray(String[]::new))
			.awaitReady();
	}

	@AfterAll
	static void stop() {
		service.close();
		collector.close();
		mail.close();
	}

	@Test
	void everyLineMatchesTheSchemaAndContainsNoPersonalData() throws IOException {
		Client owner = anOwner("olive@example.test");
		String account = "/accounts/" + owner.post("/accounts", Map.of("name", "Harbour Lights")).at("id");
		this.secrets.add(String.valueOf(owner.token()));
		refusedMails(owner, account);
		badInput(owner, account);
		invalidHttp();
		abortedStreams(owner, account);
		internalErrors(owner, account);

		await().until(() -> lines().stream().anyMatch((line) -> line.at("/error/stack_trace").isString()));
		assertThat(lines()).hasSizeGreaterThan(5).allSatisfy((line) -> {
			assertThat(Instant.parse(line.path("@timestamp").asString()))
				.isAfter(Instant.parse("2020-01-01T00:00:00Z"));
			assertThat(line.at("/log/level").asString()).isIn("INFO", "WARN", "ERROR");
			assertThat(line.at("/log/logger").asString()).isNotEmpty();
			assertThat(line.path("message").asString()).isNotEmpty();
			assertThat(line.at("/service/name").asString()).isEqualTo("latchkey");
			assertThat(line.at("/service/version").asString()).matches("\\d+\\.\\d+.*");
			assertThat(line.at("/service/environment").asString()).isEqualTo("test");
		});
		assertThat(service.output()).allSatisfy((line) -> assertThat(line).doesNotContain(this.secrets)
			.doesNotContainPattern(Pattern.compile("[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\\.[a-z]+")));
		eachInternalErrorIsLoggedOnceWithItsTrace();
		disconnectsAreNotLogged();
	}

	private Client anOwner(String address) {
		assertThat(service.anonymous().post("/users", Map.of("email", address), forwarded()).status()).isEqualTo(202);
		String id = text("select id::text from sign_up");
		String token = issue(Purpose.VERIFICATION, id, id);
		Response verified = service.anonymous()
			.post("/users/verification", Map.of("token", token, "name", "Olive Owner", "password", PASSWORD),
					forwarded());
		assertThat(verified.status()).as(verified.text()).isLessThan(300);
		service.anonymous().post("/session", Map.of("email", address, "password", "five loud red herons"), forwarded());
		service.anonymous().post("/password-resets", Map.of("email", address), forwarded());
		return signIn(address);
	}

	private static Client signIn(String address) {
		Response session = service.anonymous()
			.post("/session", Map.of("email", address, "password", PASSWORD), forwarded());
		assertThat(session.status()).as(session.text()).isEqualTo(201);
		return service.anonymous().with(session.at("token"));
	}

	/**
	 * The mail server repeats the refused address, also in its greeting.
	 */
	private void refusedMails(Client owner, String account) {
		mail.answer("gone@example.test", Step.RCPT, "550 5.1.1 <gone@example.test>: Olive Owner knows no such user");
		mail.answer("late@example.test", Step.MESSAGE, "451 4.7.1 late@example.test is greylisted");
		mail.answer("lost@example.test", Step.DATA, ScriptedMailServer.DROP);
		for (String name : List.of("gone", "late", "lost")) {
			String id = invite(owner, account, name + "@example.test");
			await()
				.until(() -> database.number("select count(*) from mail_attempt where subject_id = ?::uuid", id) > 0);
		}
	}

	private void badInput(Client owner, String account) {
		String id = invite(owner, account, "kim@example.test");
		String token = tokens.issue(Purpose.INVITATION, UUID.fromString(account.substring(10)), UUID.fromString(id), 1)
			.text();
		this.secrets.add(token);
		service.anonymous().post("/invitations/preview", Map.of("token", token), forwarded());
		service.anonymous().post("/invitations/accept", "{\"token\":\"" + token, forwarded());
		service.anonymous().post("/invitations/accept", Map.of("token", token, "kim@example.test", token));
		owner.post(account + "/invitations", "{\"email\":\"kim@example.test\",\"permissions\":[\"kim@example.test\"]}");
		owner.post(account + "/invitations", "{\"email\":\"kim@example.test\"}\nkim@example.test\n{\"email\":",
				"Content-Type", "application/x-ndjson", "Idempotency-Key", "kim");
		owner.get("/nowhere/kim@example.test?q=kim@example.test");
		owner.get(account + "/invitations?q=kim@example.test");
		owner.get(account + "/invitations?limit=kim@example.test");
	}

	/**
	 * Input that is not valid HTTP and contains an address.
	 */
	private void invalidHttp() throws IOException {
		String head = "GET /?kim@example.test HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + SOURCE + "\r\n";
		raw("kim@example.test\r\n\r\n");
		raw("GET /kim@example.test HTTP/9.9 kim@example.test\r\n\r\n");
		raw(head + "Bad Header kim@example.test\r\n\r\n");
		raw(head + "X: " + "kim@example.test".repeat(1000) + "\r\n\r\n");
		raw(head.replace("GET", "POST") + "Transfer-Encoding: chunked\r\n\r\nkim@example.test\r\n");
		raw(head.replace("GET /", "GET /" + "kim@example.test".repeat(500)) + "\r\n");
	}

	/**
	 * Streams that clients leave, and one that fails after its 200.
	 */
	private void abortedStreams(Client owner, String account) throws IOException {
		try (Watcher watcher = owner.watch(account.substring(10), null)) {
			watcher.await((seen) -> seen.event().equals("start"));
		}
		for (int time = 0; time < 300; time++) {
			reset(owner, "POST /api/v1" + account + "/invitations", "Content-Type: application/json",
					"Content-Length: 50");
			reset(owner, "GET /api/v1" + account + "/members?q=kim@example.test");
		}
		for (int time = 0; time < 20; time++) {
			disconnect(owner, "GET /api/v1" + account + "/events", "Accept: text/event-stream");
			disconnect(owner, "GET /api/v1" + account + "/invitations?q=kim@example.test",
					"Accept: application/x-ndjson");
		}
		try (Socket bulk = open(owner, "POST /api/v1" + account + "/invitations", "Idempotency-Key: cut",
				"Content-Type: application/x-ndjson", "Transfer-Encoding: chunked", "Connection: close")) {
			chunk(bulk, "{\"email\":\"ann@example.test\",\"permissions\":[\"quotes\"]}\n");
			assertThat(bulk.getInputStream().readNBytes(12)).asString(StandardCharsets.US_ASCII)
				.isEqualTo("HTTP/1.1 200");
			database.update("alter table invitee_quota rename to elsewhere");
			chunk(bulk, "{\"email\":\"bob@example.test\",\"permissions\":[\"quotes\"]}\n");
			bulk.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			bulk.getInputStream().readAllBytes();
		}
		finally {
			database.update("alter table elsewhere rename to invitee_quota");
		}
		abortedList(owner, account);
	}

	/**
	 * A list so long that it is still being read when its table disappears.
	 */
	private void abortedList(Client owner, String account) throws IOException {
		database.update(
				"""
						insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox, permissions,
						                        locale, status, delivery_status, expires_at, ended_at)
						select id, gen_random_uuid(), 1000 + n, owner_id, 'm' || n || '@example.test', 'm' || n || '@example.test',
						       'm', array['quotes'], 'en', 'REVOKED', 'SENT', now() + interval '1 day', now()
						  from account cross join generate_series(1, 40000) n where id = ?::uuid""",
				account.substring(10));
		try (Socket list = open(owner, "GET /api/v1" + account + "/invitations", "Accept: application/x-ndjson",
				"Connection: close")) {
			assertThat(list.getInputStream().readNBytes(12)).asString(StandardCharsets.US_ASCII)
				.isEqualTo("HTTP/1.1 200");
			database.update("alter table invitation rename to elsewhere");
			assertThat(new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.doesNotEndWith("\r\n0\r\n\r\n");
		}
		finally {
			database.update("alter table elsewhere rename to invitation");
		}
	}

	private void internalErrors(Client owner, String account) throws IOException {
		fails(owner, "account_person", account + "/members?q=kim@example.test");
		// This session has not been used yet, so it is not cached.
		fails(signIn("olive@example.test"), "session", "/nowhere/kim@example.test?q=kim@example.test");
	}

	private static void fails(Client caller, String table, String target) throws IOException {
		database.update("alter table " + table + " rename to elsewhere");
		try (Socket socket = open(caller, "GET /api/v1" + target, "Connection: close")) {
			assertThat(socket.getInputStream().readAllBytes()).asString(StandardCharsets.US_ASCII)
				.startsWith("HTTP/1.1 500");
		}
		finally {
			database.update("alter table elsewhere rename to " + table);
		}
	}

	private void eachInternalErrorIsLoggedOnceWithItsTrace() {
		List<JsonNode> errors = lines().stream()
			.filter((line) -> line.path("message").asString().contains("/members"))
			.toList();
		assertThat(errors).singleElement().satisfies((line) -> {
			assertThat(line.at("/log/level").asString()).isEqualTo("ERROR");
			assertThat(line.at("/trace/id").asString()).matches("[0-9a-f]{32}");
			assertThat(line.at("/span/id").asString()).matches("[0-9a-f]{16}");
			assertThat(line.at("/error/type").asString()).endsWith("BadSqlGrammarException");
		});
	}

	private void disconnectsAreNotLogged() {
		assertThat(lines().stream()
			.filter((line) -> line.at("/log/level").asString().equals("ERROR"))
			.map((line) -> line.path("message").asString()))
			.containsExactlyInAnyOrder("Bulk request for invitations failed after the response had started",
					"Request failed: GET /api/v1/accounts/{account}/invitations",
					"Request failed: GET /api/v1/accounts/{account}/members", "Request failed: GET (before any route)");
		assertThat(lines().stream().map((line) -> line.at("/log/logger").asString()))
			.noneMatch((logger) -> logger.startsWith("reactor.") || logger.startsWith("io.netty."));
	}

	private static List<JsonNode> lines() {
		return service.output().stream().map(STRICT::readTree).toList();
	}

	private static String[] forwarded() {
		return new String[] { "X-Forwarded-For", SOURCE };
	}

	private String invite(Client owner, String account, String address) {
		Response answer = owner.post(account + "/invitations",
				Map.of("email", address, "permissions", List.of("quotes")), forwarded());
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return answer.at("id");
	}

	private String issue(Purpose purpose, String scope, String subject) {
		LinkToken token = tokens.issue(purpose, UUID.fromString(scope), UUID.fromString(subject), 1);
		this.secrets.add(token.text());
		return token.text();
	}

	private static String text(String sql) {
		return (String) database.rows(sql).get(0).values().iterator().next();
	}

	private static void raw(String text) throws IOException {
		try (Socket socket = connect()) {
			socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
			socket.getInputStream().readNBytes(1);
		}
		catch (SocketException ex) {
			// The server has closed the connection first.
		}
	}

	/**
	 * Sends a request and disconnects as soon as the response has begun.
	 */
	private static void disconnect(Client caller, String line, String header) throws IOException {
		try (Socket socket = open(caller, line, header)) {
			socket.getInputStream().readNBytes(12);
			socket.setSoLinger(true, 0);
		}
	}

	/**
	 * Sends a request, possibly incomplete, and resets the connection.
	 */
	private static void reset(Client caller, String line, String... headers) throws IOException {
		try (Socket socket = open(caller, line, headers)) {
			socket.setSoLinger(true, 0);
		}
	}

	private static Socket open(Client caller, String line, String... headers) throws IOException {
		Socket socket = connect();
		List<String> head = new ArrayList<>(List.of(line + " HTTP/1.1", "Host: localhost", "X-Forwarded-For: " + SOURCE,
				"Authorization: Bearer " + caller.token()));
		Stream.of(headers).forEach(head::add);
		socket.getOutputStream().write((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private static void chunk(Socket socket, String text) throws IOException {
		socket.getOutputStream()
			.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	private static Socket connect() throws IOException {
		Socket socket = new Socket();
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
		socket.setSoTimeout(15_000);
		return socket;
	}

}
