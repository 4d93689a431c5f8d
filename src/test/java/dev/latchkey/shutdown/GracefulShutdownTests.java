package dev.latchkey.shutdown;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.latchkey.embedded.UnpackedPostgres;
import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.StreamingExchange;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.Watcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What clients observe during each step of the shutdown of a replica.
 */
@ServiceTest
class GracefulShutdownTests {

	private static final Logger logger = LoggerFactory.getLogger(GracefulShutdownTests.class);

	/** The exit status after SIGTERM: 128 plus the number of the signal, 15. */
	private static final int EXIT_STATUS_AFTER_SIGTERM = 143;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final TestDatabase database = TestDatabase.create();

	private CompletableFuture<?> shutdown = CompletableFuture.completedFuture(1);

	@AfterEach
	void awaitShutdown() {
		this.shutdown.join();
	}

	/**
	 * While the replica drains, readiness is down and responses close their connection.
	 * Everything else works as before, and streams continue. After that, streams end.
	 */
	@Test
	void readinessTurnsOffFirstAndRequestsAreStillServed() throws Exception {
		int management = Service.freePort();
		Service service = replica().set("management.server.port", Integer.toString(management))
			.set("latchkey.shutdown.drain-delay", "1500ms")
			.start();
		Owner owner = new TestUsers(service).anOwner();
		assertThat(probe(management, "readiness")).isEqualTo(200);
		assertThat(owner.invite(TestUsers.anAddress(), "invoices").header("Connection")).isNull();
		try (Watcher watcher = owner.client().watch(owner.account(), null)) {
			assertThat(watcher.next().event()).isEqualTo("start");
			long started = System.nanoTime();
			close(service);
			await().atMost(Duration.ofMillis(700))
				.pollInterval(Duration.ofMillis(10))
				.until(() -> probe(management, "readiness") == 503);
			assertThat(probe(management, "liveness")).isEqualTo(200);
			Response response = owner.invite(TestUsers.anAddress(), "invoices");
			assertThat(response.status()).isEqualTo(201);
			assertThat(response.header("Connection")).isEqualTo("close");
			Response refusal = service.anonymous().get("/session");
			assertThat(refusal.status()).isEqualTo(401);
			assertThat(refusal.header("Connection")).isEqualTo("close");
			assertThat(watcher.await((seen) -> seen.event().equals("invitation.created")).id()).isNotNull();
			assertThat(System.nanoTime() - started).isLessThan(Duration.ofMillis(1500).toNanos());
			assertThat(watcher.await((seen) -> seen.event().equals("reconnect")).data().path("wait").asInt())
				.isBetween(100, 1000);
			watcher.awaitEnd(Duration.ofSeconds(1));
			assertThat(System.nanoTime() - started).isGreaterThan(Duration.ofMillis(1500).toNanos());
		}
		this.shutdown.join();
		assertThat(this.database.number("""
				select count(*) from pg_stat_activity
				 where datname = current_database() and pid <> pg_backend_pid() and usename = current_user
				""")).isZero();
	}

	/**
	 * The batch in progress is finished and its results are sent; then a last line
	 * reports that the rest was not done. Repeated at another replica with the same
	 * idempotency key, the request continues from there.
	 */
	@Test
	void aBulkRequestIsInterruptedAndContinuesAtAnotherReplica() {
		try (Service remaining = replica().start(); Service stopping = replica().start()) {
			Owner owner = new TestUsers(remaining).anOwner();
			String target = "/api/v1" + owner.path("/invitations");
			String[] headers = { "Authorization", "Bearer " + owner.client().token(), "Content-Type",
					"application/x-ndjson", "Idempotency-Key", "shutdown" };
			String first = row(TestUsers.anAddress());
			String second = row(TestUsers.anAddress());
			try (StreamingExchange bulk = new StreamingExchange(stopping, 65_536, "POST", target, headers)) {
				bulk.send(first);
				JsonNode done = JSON.readTree(bulk.line());
				assertThat(done.path("status").asString()).isEqualTo("created");
				close(stopping);
				JsonNode last = JSON.readTree(bulk.line());
				assertThat(last.path("status").asString()).isEqualTo("interrupted");
				assertThat(last.path("problem").path("code").asString()).isEqualTo("unavailable");
				assertThat(bulk.line()).isNull();
			}
			try (StreamingExchange repeated = new StreamingExchange(remaining, 65_536, "POST", target, headers)) {
				repeated.send(first + second);
				repeated.end();
				assertThat(JSON.readTree(repeated.line()).path("replayed").asBoolean()).isTrue();
				JsonNode rest = JSON.readTree(repeated.line());
				assertThat(rest.path("status").asString()).isEqualTo("created");
				assertThat(rest.has("replayed")).isFalse();
				assertThat(repeated.line()).isNull();
			}
		}
	}

	/**
	 * A stream that is opened during the shutdown receives the events that the client has
	 * missed, and then the hint to reconnect.
	 */
	@Test
	void aStreamOpenedDuringTheShutdownIsClosedAfterTheMissedEvents() {
		Service service = replica().set("latchkey.shutdown.drain-delay", "500ms").start();
		Owner owner = new TestUsers(service).anOwner();
		try (Watcher first = owner.client().watch(owner.account(), null)) {
			String position = String.valueOf(first.next().id());
			owner.invite(TestUsers.anAddress(), "invoices");
			close(service);
			try (Watcher second = owner.client().resume(owner.account(), position)) {
				assertThat(second.next().event()).isEqualTo("invitation.created");
				second.await((seen) -> seen.event().equals("reconnect"));
				second.awaitEnd(Duration.ofSeconds(1));
			}
		}
	}

	@Test
	void aProcessEndsCleanlyWithinTenSecondsAfterSigterm(@TempDir Path folder) {
		ServiceProcess process = ServiceProcess.start("--latchkey.embedded.directory=" + UnpackedPostgres.in(folder))
			.awaitReady();
		Client owner = process.anonymous()
			.with(process.anonymous()
				.post("/session", Map.of("email", "owner@example.com", "password", process.awaitOwnerPassword()))
				.at("token"));
		String account = owner.get("/accounts").json().path("items").path(0).path("id").asString();
		try (Watcher watcher = owner.watch(account, null)) {
			assertThat(watcher.next().event()).isEqualTo("start");
			long signalled = System.nanoTime();
			process.close();
			Duration taken = Duration.ofNanos(System.nanoTime() - signalled);
			logger.warn("A process with the embedded database ended {} ms after SIGTERM", taken.toMillis());
			assertThat(taken).isLessThan(Duration.ofSeconds(10));
			assertThat(process.awaitExit()).isEqualTo(EXIT_STATUS_AFTER_SIGTERM);
			watcher.await((seen) -> seen.event().equals("reconnect"));
			watcher.awaitEnd(Duration.ofSeconds(1));
			assertThat(process.output()).noneMatch((line) -> line.contains(" WARN ") || line.contains(" ERROR "));
		}
	}

	private Service.Builder replica() {
		return Service.on(this.database).withOwnEventLoops();
	}

	private void close(Service service) {
		this.shutdown = CompletableFuture.runAsync(service::close);
	}

	private static String row(String address) {
		return "{\"email\":\"" + address + "\",\"permissions\":[\"invoices\"]}\n";
	}

	private static int probe(int port, String name) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + port + "/actuator/health/" + name))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

}
