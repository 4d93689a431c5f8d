package dev.latchkey.observability;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MetricsScrape;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TraceCollector;
import dev.latchkey.testing.TraceCollector.Span;
import dev.latchkey.testing.Watcher;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a trace collector receives: one trace from the request to the mail server,
 * whenever and on whichever replica the mail is sent, and no personal data.
 */
@ServiceTest
class TracingTests {

	private static final int MANAGEMENT = Service.freePort();

	private static final String INVITATIONS = "/api/v1/accounts/{account}/invitations";

	static TestDatabase database;

	static ScriptedMailServer mail;

	static TraceCollector collector;

	static Service service;

	static TestUsers users;

	static Owner owner;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mail = ScriptedMailServer.start();
		collector = TraceCollector.start();
		service = replica().set("management.server.port", Integer.toString(MANAGEMENT)).start();
		users = new TestUsers(service);
		owner = users.anOwner();
	}

	/**
	 * Context propagation is switched on for the whole process.
	 */
	@AfterAll
	static void stop() {
		service.close();
		collector.close();
		mail.close();
		Hooks.disableAutomaticContextPropagation();
	}

	@Test
	void anInvitationIsOneTraceFromTheRequestToTheMailServer() {
		String trace = randomTraceId();
		String address = TestUsers.anAddress();
		Response invited = invite(address, trace);
		Span smtp = collector.await(trace, (span) -> span.name().equals("smtp"));
		Span attempt = collector.await(trace, (span) -> span.name().equals("mail attempt"));
		Span request = collector.await(trace, (span) -> span.kind().equals("SERVER"));

		assertThat(request.name()).isEqualTo("http post " + INVITATIONS);
		assertThat(request.parent()).isEqualTo("00f067aa0ba902b7");
		assertThat(request.attributes()).isEqualTo(Map.of("method", "POST", "uri", INVITATIONS, "status", "201",
				"outcome", "SUCCESS", "exception", "none"));
		assertThat(request.resource()).containsEntry("service.name", "latchkey").containsKey("service.version");
		assertThat(List.of(attempt.kind(), attempt.parent())).containsExactly("CONSUMER", request.id());
		assertThat(smtp.parent()).isEqualTo(attempt.id());
		assertThat(smtp.attributes()).containsEntry("outcome", "sent");
		List<Span> spans = collector.awaitStatements(trace, request, attempt);
		assertThat(spans).filteredOn(Span::isStatement)
			.allSatisfy((statement) -> assertThat(statement.kind()).isEqualTo("CLIENT"))
			.extracting(Span::parent)
			.containsOnly(request.id(), attempt.id());
		assertThat(spans).filteredOn((span) -> span.parent().equals(request.id()))
			.anyMatch((span) -> span.statement().contains("create_invitation("));
		assertThat(spans).filteredOn((span) -> span.parent().equals(attempt.id()))
			.anyMatch((span) -> span.statement().contains("delete from outbox"));
		assertThat(spans).allSatisfy((span) -> assertThat(span.whole()).doesNotContain(address,
				owner.person().address(), String.valueOf(owner.client().token()), invited.at("id"), owner.account()));
	}

	@Test
	void aLaterAttemptOnAnotherReplicaBelongsToTheSameTrace() {
		String trace = randomTraceId();
		String address = TestUsers.anAddress();
		mail.answer(address, Step.RCPT, "451 4.7.1 come back later, " + address);
		String id = invite(address, trace).at("id");
		Span failed = collector.await(trace,
				(span) -> span.name().equals("smtp") && "retry".equals(span.attributes().get("outcome")));
		await().until(() -> database.update("""
				update outbox set due_at = now() - interval '1 second', created_at = created_at - interval '10 minutes'
				 where subject_id = ?::uuid and lease is null""", id) == 1);
		try (Service other = replica().withOwnEventLoops().start()) {
			Span sent = collector.await(trace,
					(span) -> span.name().equals("smtp") && "sent".equals(span.attributes().get("outcome")));
			assertThat(sent.parent()).isNotEqualTo(failed.parent());
			assertThat(other.port()).isNotEqualTo(service.port());
		}
		Span request = collector.await(trace, (span) -> span.kind().equals("SERVER"));
		assertThat(collector.spans()).filteredOn((span) -> span.trace().equals(trace) && span.kind().equals("CONSUMER"))
			.hasSize(2)
			.allSatisfy((attempt) -> assertThat(attempt.parent()).isEqualTo(request.id()));
		assertThat(collector.spans()).noneMatch((span) -> span.whole().contains(address));
	}

	@Test
	void mailsOfABulkRequestBelongToItsTrace() {
		String trace = randomTraceId();
		String lines = "{\"email\":\"%s\",\"permissions\":[\"quotes\"]}\n{\"email\":\"%s\",\"permissions\":[\"quotes\"]}\n"
			.formatted(TestUsers.anAddress(), TestUsers.anAddress());
		owner.client()
			.post(owner.path("/invitations"), lines, "Content-Type", "application/x-ndjson", "Idempotency-Key", trace,
					"traceparent", parent(trace));
		await().until(() -> collector.spans()
			.stream()
			.filter((span) -> span.trace().equals(trace) && span.name().equals("smtp"))
			.count() == 2);
	}

	@Test
	void hashingIsPartOfSignInAndARefusalIsNotAnError() {
		String trace = randomTraceId();
		String address = TestUsers.anAddress();
		service.anonymous()
			.post("/session", Map.of("email", address, "password", "two wrong herons"), "traceparent", parent(trace));
		Span request = collector.await(trace, (span) -> span.kind().equals("SERVER"));
		assertThat(collector.await(trace, (span) -> span.name().equals("password hash")).parent())
			.isEqualTo(request.id());
		assertThat(request.attributes()).containsEntry("status", "401")
			.containsEntry("latchkey.refusal", "wrong-credentials");
		assertThat(request.status()).isEqualTo("STATUS_CODE_UNSET");
		assertThat(request.whole()).doesNotContain(address, "herons");
	}

	@Test
	void unknownPathsAndQueriesAreNotRecorded() {
		String trace = randomTraceId();
		owner.client().get("/people/" + TestUsers.anAddress() + "?q=secret-query", "traceparent", parent(trace));
		Span request = collector.await(trace, (span) -> span.kind().equals("SERVER"));
		assertThat(request.name()).isEqualTo("http get");
		assertThat(request.whole()).contains("NOT_FOUND").doesNotContain("people", "example.test", "secret-query");
	}

	@Test
	void anErrorIsRecordedByItsTypeOnly() {
		String trace = randomTraceId();
		database.update("alter table account_person rename to elsewhere");
		try {
			String head = RawHttp.head("GET", "/api/v1" + owner.path("/members"), "Authorization",
					"Bearer " + owner.client().token(), "traceparent", parent(trace));
			assertThat(RawHttp.send(service, head).status()).isEqualTo(500);
		}
		finally {
			database.update("alter table elsewhere rename to account_person");
		}
		Span request = collector.await(trace, (span) -> span.kind().equals("SERVER"));
		assertThat(request.status()).isEqualTo("STATUS_CODE_ERROR");
		assertThat(request.whole()).contains("BadSqlGrammarException")
			.doesNotContain("relation", "account_person", owner.account());
	}

	/**
	 * Its span would end hours later. Periodic jobs do not start traces either.
	 */
	@Test
	void eventStreamsAndPeriodicJobsHaveNoSpans() {
		try (Watcher watcher = owner.client().watch(owner.account(), null)) {
			watcher.await((seen) -> seen.event().equals("start"));
		}
		String trace = randomTraceId();
		owner.client().get(owner.path("/events"), "traceparent", parent(trace));
		collector.await(trace, (span) -> span.kind().equals("SERVER"));
		assertThat(collector.spans()).filteredOn((span) -> span.name().endsWith("/events"))
			.extracting(Span::trace)
			.containsOnly(trace);
		assertThat(collector.spans()).filteredOn((span) -> span.parent().isEmpty())
			.isNotEmpty()
			.allMatch((span) -> Set.of("SERVER", "CONSUMER").contains(span.kind()));
	}

	/**
	 * The poll interval is an hour here, so nothing is found by polling.
	 */
	@Test
	void replicaNotificationsAndPoolMetricsStillWork() {
		try (Service other = replica().withOwnEventLoops().set("latchkey.feed.poll-interval", "1h").start();
				Watcher watcher = owner.client().at(other).watch(owner.account(), null)) {
			watcher.await((seen) -> seen.event().equals("start"));
			invite(TestUsers.anAddress(), randomTraceId());
			watcher.await((seen) -> seen.event().equals("invitation.created"));
		}
		assertThat(MetricsScrape.of(MANAGEMENT).sum("r2dbc_pool_max_allocated_connections")).isEqualTo(8);
		assertThat(layers(service)).anyMatch((layer) -> layer.contains("Proxy"));
	}

	@Test
	void unsampledRequestsSendNothing() {
		try (Service unsampled = replica().withOwnEventLoops()
			.set("management.tracing.sampling.probability", "0")
			.set("management.opentelemetry.resource-attributes.replica", "unsampled")
			.start()) {
			Owner otherOwner = new TestUsers(unsampled).anOwner();
			assertThat(otherOwner.invite(TestUsers.anAddress(), "quotes").status()).isEqualTo(201);
			await().until(() -> database.number("select count(*) from outbox") == 0);
			String trace = randomTraceId();
			otherOwner.client().get(otherOwner.path(""), "traceparent", parent(trace));
			collector.await(trace, (span) -> span.kind().equals("SERVER"));
			assertThat(collector.spans()).filteredOn((span) -> "unsampled".equals(span.resource().get("replica")))
				.extracting(Span::trace)
				.containsOnly(trace);
		}
	}

	@Test
	void withoutACollectorTracingIsOff() {
		try (Service plain = Service.on(TestDatabase.create()).withOwnEventLoops().start()) {
			assertThat(plain.beans(Tracer.class)).isEmpty();
			assertThat(plain.beans(SpanExporter.class)).isEmpty();
			assertThat(layers(plain)).hasSizeGreaterThan(1).noneMatch((layer) -> layer.contains("Proxy"));
		}
	}

	private static Service.Builder replica() {
		return Service.on(database)
			.set("latchkey.mail.host", "127.0.0.1")
			.set("latchkey.mail.port", Integer.toString(mail.port()))
			.set("latchkey.mail.transport", "SMTP")
			.set("management.opentelemetry.tracing.export.otlp.endpoint", collector.url() + "/v1/traces")
			.set("management.opentelemetry.tracing.export.schedule-delay", "50ms")
			.set("management.tracing.sampling.probability", "1");
	}

	private static Response invite(String address, String trace) {
		Response answer = owner.client()
			.post(owner.path("/invitations"), Map.of("email", address, "permissions", List.of("quotes")), "traceparent",
					parent(trace));
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return answer;
	}

	private static String randomTraceId() {
		byte[] bytes = new byte[16];
		new SecureRandom().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	private static String parent(String trace) {
		return "00-" + trace + "-00f067aa0ba902b7-01";
	}

	/**
	 * The wrappers between the pool and the driver.
	 */
	private static List<String> layers(Service replica) {
		List<String> layers = new ArrayList<>();
		Object layer = replica.bean(ConnectionFactory.class);
		while (layer instanceof Wrapped<?> wrapping) {
			layers.add(layer.getClass().getName());
			layer = wrapping.unwrap();
		}
		layers.add(layer.getClass().getName());
		return layers;
	}

}
