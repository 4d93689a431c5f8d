package dev.latchkey.embedded.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

import dev.latchkey.embedded.LocalMailbox;
import dev.latchkey.language.MessageBundles;
import dev.latchkey.outage.Outages;
import dev.latchkey.problem.ProblemRenderer;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.mock.web.reactive.function.server.MockServerRequest;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The local mailbox over a real port. Requests are written as raw text, so that no client
 * library corrects what an attacker would send.
 */
class MailboxRoutesTests {

	private static final LocalMailbox MAILBOX = new LocalMailbox(
			InstantSource.fixed(Instant.parse("2026-05-04T10:00:00Z")),
			() -> UUID.fromString("0196a000-0000-7000-8000-000000000001"));

	private static DisposableServer server;

	@BeforeAll
	static void start() {
		Mailer mailer = MailerBuilder.withSMTPServer("localhost", 25).withCustomMailer(MAILBOX).buildMailer();
		mailer
			.sendMail(EmailBuilder.startingBlank()
				.from("no-reply@example.com")
				.to("ann@example.com")
				.withSubject("<script>alert(1)</script>")
				.withPlainText("Dear <b>Ann</b>,\nfollow https://localhost/i#t=a&b=\"><script> or javascript:alert(1).")
				.withHTMLText("<p style=\"color:red\">rich</p>")
				.buildEmail())
			.join();
		HandlerStrategies strategies = HandlerStrategies.builder()
			.exceptionHandler(new ProblemRenderer(JsonMapper.builder().build(), MessageBundles.read(),
					new Outages(InstantSource.system())))
			.build();
		HttpHandler handler = WebHttpHandlerBuilder
			.webHandler(RouterFunctions.toWebHandler(new MailboxRoutes().localMailboxRoutes(MAILBOX), strategies))
			.exceptionHandler(new ProblemRenderer(JsonMapper.builder().build(), MessageBundles.read(),
					new Outages(InstantSource.system())))
			.forwardedHeaderTransformer(new ForwardedHeaderTransformer())
			.build();
		server = HttpServer.create().host("127.0.0.1").port(0).handle(new ReactorHttpHandlerAdapter(handler)).bindNow();
	}

	@AfterAll
	static void stop() {
		server.disposeNow();
	}

	@Nested
	class Shows {

		@Test
		void theListAsJson() throws IOException {
			assertThat(get("/local/mailbox/messages", "Host: 127.0.0.1")).startsWith("HTTP/1.1 200 OK")
				.containsIgnoringCase("Cache-Control: no-store")
				.endsWith(
						"""
								{"items":[{"id":"0196a000-0000-7000-8000-000000000001","receivedAt":"2026-05-04T10:00:00Z",\
								"from":"no-reply@example.com","to":"ann@example.com","subject":"<script>alert(1)</script>"}]}""");
		}

		@Test
		void theListOfOneAddress() throws IOException {
			assertThat(get("/local/mailbox/messages?to=Ann@Example.com", "Host: localhost")).contains("\"id\"");
			assertThat(get("/local/mailbox/messages?to=bob@example.com", "Host: localhost")).endsWith("{\"items\":[]}");
			assertThat(get("/local/mailbox/messages?to=nobody", "Host: localhost")).contains("\"invalid-email\"");
		}

		@Test
		void oneMessageWithItsPartsAndHeaders() throws IOException {
			assertThat(get("/local/mailbox/messages/0196a000-0000-7000-8000-000000000001", "Host: [::1]:1"))
				.contains("\"text\":\"Dear <b>Ann</b>,\\n")
				.contains("\"html\":\"<p style=\\\"color:red\\\">rich</p>\"")
				.contains("{\"name\":\"From\",\"value\":\"no-reply@example.com\"}");
		}

		@Test
		void theHtmlInASandbox() throws IOException {
			assertThat(get("/local/mailbox/messages/0196a000-0000-7000-8000-000000000001/html", "Host: localhost"))
				.containsIgnoringCase(
						"Content-Security-Policy: sandbox; default-src 'none'; style-src 'unsafe-inline'\r\n")
				.containsIgnoringCase("Cache-Control: no-store")
				.endsWith("<p style=\"color:red\">rich</p>");
		}

		@Test
		void notFoundForAnUnknownMessage() throws IOException {
			assertThat(get("/local/mailbox/messages/0196a000-0000-7000-8000-000000000002", "Host: localhost"))
				.satisfies(MailboxRoutesTests::isNotFound);
		}

	}

	@Nested
	class Refuses {

		@ParameterizedTest
		@ValueSource(
				strings = { "/local/mailbox/messages", "/local/mailbox/messages/0196a000-0000-7000-8000-000000000001",
						"/local/mailbox/messages/0196a000-0000-7000-8000-000000000001/html" })
		void aForeignHostOnEveryRoute(String path) throws IOException {
			assertThat(get(path, "Host: evil.example")).satisfies(MailboxRoutesTests::isNotFound);
		}

		@ParameterizedTest
		@ValueSource(strings = { "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:8080", "127.0.0.2",
				"localhost:8080:1", "localhost@evil.example", "0.0.0.0", "localhost." })
		void allOtherHosts(String host) throws IOException {
			assertThat(get("/local/mailbox/messages", "Host: " + host)).doesNotContain("200 OK", "ann@example.com");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Forwarded: for=127.0.0.1;host=localhost", "X-Forwarded-For: 127.0.0.1",
				"X-Forwarded-Host: localhost", "x-forwarded-proto: https", "X-Forwarded-Prefix: /a", "Via: 1.1 proxy" })
		void forwardedRequestsEvenIfAFilterRemovedTheirHeaders(String header) throws IOException {
			assertThat(get("/local/mailbox/messages", "Host: localhost", header))
				.satisfies(MailboxRoutesTests::isNotFound);
		}

		@Test
		void aConnectionFromAnotherMachine() {
			MockServerRequest request = MockServerRequest.builder()
				.header("Host", "localhost")
				.remoteAddress(new InetSocketAddress("192.0.2.1", 40000))
				.build();
			StepVerifier.create(new LocalhostFilter().filter(request, (local) -> ServerResponse.ok().build()))
				.verifyErrorMatches(
						(error) -> error instanceof DomainException refusal && refusal.code() == ProblemCode.NOT_FOUND);
		}

		@Test
		void aRequestWithoutHost() throws IOException {
			assertThat(get("/local/mailbox/messages")).doesNotContain("200 OK", "ann@example.com");
		}

		@Test
		void aRequestWithTwoHosts() throws IOException {
			assertThat(get("/local/mailbox/messages", "Host: localhost", "Host: evil.example")).doesNotContain("200 OK",
					"ann@example.com");
		}

	}

	private static void isNotFound(String response) {
		assertThat(response).startsWith("HTTP/1.1 404")
			.contains("\"code\":\"not-found\"")
			.doesNotContain("ann@example.com");
	}

	private static String get(String path, String... headers) throws IOException {
		String request = "GET " + path + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers)
				+ "\r\n\r\n";
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
