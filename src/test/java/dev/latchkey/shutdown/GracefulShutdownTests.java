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

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceProcess;
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
 * What a replica that goes away says to whom, step by step.
 */
class GracefulShutdownTests {

	private static final Logger logger = LoggerFactory.getLogger(GracefulShutdownTests.class);

	/** What the shell makes of SIGTERM: 128 and 15. */
	private static final int TERMINATED = 143;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final TestDatabase database = TestDatabase.create();

	private CompletableFuture<?> ending = CompletableFuture.completedFuture(1);

	@AfterEach
	void end() {
		this.ending.join();
	}

	/**
	 * While it drains, readiness is down and all else is as ever, but for the hint that
	 * the connection ends; streams go on. Then nobody is let in.
	 */
	@Test
	void readinessGoesDownFirstAndWhoStillComesIsServed() throws Exception {
		int management = Service.freePort();
		Service service = replica().set("management.server.port", Integer.toString(management))
			.set("latchkey.shutdown.drain-delay", "1500ms")
			.start();
		Owner owner = new TestUsers(service).anOwner();
		assertThat(probe(management, "readiness")).isEqualTo(200);
		assertThat(owner.invite(TestUsers.anAddress(), "invoices").header("Connection")).isNull();
		try (Watcher watcher = owner.client().watch(owner.account(), null)) {
			assertThat(watcher.next().event()).isEqualTo("start");
			long begun = System.nanoTime();
			close(service);
			await().atMost(Duration.ofMillis(700))
				.pollInterval(Duration.ofMillis(10))
				.until(() -> probe(management, "readiness") == 503);
			assertThat(probe(management, "liveness")).isEqualTo(200);
			Answer answer = owner.invite(TestUsers.anAddress(), "invoices");
			assertThat(answer.status()).isEqualTo(201);
			assertThat(answer.header("Connection")).isEqualTo("close");
			Answer refusal = service.anonymous().get("/session");
			assertThat(refusal.status()).isEqualTo(401);
			assertThat(refusal.header("Connection")).isEqualTo("close");
			assertThat(watcher.await((seen) -> seen.event().equals("invitation.created")).id()).isNotNull();
			assertThat(System.nanoTime() - begun).isLessThan(Duration.ofMillis(1500).toNanos());
			assertThat(watcher.await((seen) -> seen.event().equals("reconnect")).data().path("wait").asInt())
				.isBetween(100, 1000);
			watcher.awaitEnd(Duration.ofSeconds(1));
			assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(1500).toNanos());
		}
		this.ending.join();
		assertThat(this.database.number("""
				select count(*) from pg_stat_activity
				 where datname = current_database() and pid <> pg_backend_pid() and usename = current_user
				""")).isZero();
	}

	/**
	 * The batch at hand is finished and told, then the answer says that the rest was not
	 * done; sent again elsewhere under the same key, the request goes on from there.
	 */
	@Test
	void aBulkRequestIsInterruptedAndGoesOnElsewhere() {
		try (Service staying = replica().start(); Service leaving = replica().start()) {
			Owner owner = new TestUsers(staying).anOwner();
			String target = "/api/v1" + owner.path("/invitations");
			String[] headers = { "Authorization", "Bearer " + owner.client().token(), "Content-Type",
					"application/x-ndjson", "Idempotency-Key", "departure" };
			String first = row(TestUsers.anAddress());
			String second = row(TestUsers.anAddress());
			try (StreamingExchange bulk = new StreamingExchange(leaving, 65_536, "POST", target, headers)) {
				bulk.send(first);
				JsonNode done = JSON.readTree(bulk.line());
				assertThat(done.path("status").asString()).isEqualTo("created");
				close(leaving);
				JsonNode last = JSON.readTree(bulk.line());
				assertThat(last.path("status").asString()).isEqualTo("interrupted");
				assertThat(last.path("problem").path("code").asString()).isEqualTo("unavailable");
				assertThat(bulk.line()).isNull();
			}
			try (StreamingExchange again = new StreamingExchange(staying, 65_536, "POST", target, headers)) {
				again.send(first + second);
				again.end();
				assertThat(JSON.readTree(again.line()).path("replayed").asBoolean()).isTrue();
				JsonNode rest = JSON.readTree(again.line());
				assertThat(rest.path("status").asString()).isEqualTo("created");
				assertThat(rest.has("replayed")).isFalse();
				assertThat(again.line()).isNull();
			}
		}
	}

	/**
	 * A stream that is opened when it is nearly over gets what it missed, and the hint.
	 */
	@Test
	void whoComesLateIsSentOnAtOnce() {
		Service service = replica().set("latchkey.shutdown.drain-delay", "500ms").start();
		Owner owner = new TestUsers(service).anOwner();
		try (Watcher first = owner.client().watch(owner.account(), null)) {
			String start = String.valueOf(first.next().id());
			owner.invite(TestUsers.anAddress(), "invoices");
			close(service);
			try (Watcher second = owner.client().resume(owner.account(), start)) {
				assertThat(second.next().event()).isEqualTo("invitation.created");
				second.await((seen) -> seen.event().equals("reconnect"));
				second.awaitEnd(Duration.ofSeconds(1));
			}
		}
	}

	@Test
	void aProcessEndsInOrderWithinTenSecondsOfItsSignal(@TempDir Path folder) {
		ServiceProcess process = ServiceProcess.start("--latchkey.embedded.directory=" + folder).awaitReady();
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
			assertThat(process.awaitExit()).isEqualTo(TERMINATED);
			watcher.await((seen) -> seen.event().equals("reconnect"));
			watcher.awaitEnd(Duration.ofSeconds(1));
			assertThat(process.output()).noneMatch((line) -> line.contains(" WARN ") || line.contains(" ERROR "));
		}
	}

	private Service.Builder replica() {
		return Service.on(this.database).withOwnEventLoops();
	}

	private void close(Service service) {
		this.ending = CompletableFuture.runAsync(service::close);
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
