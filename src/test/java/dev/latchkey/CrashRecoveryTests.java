package dev.latchkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import dev.latchkey.embedded.UnpackedPostgres;
import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.PagedList;
import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.ServiceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service with the embedded database is killed while it processes requests, first alone
 * and then together with its database server. It loses nothing that it has acknowledged.
 */
@ServiceTest
class CrashRecoveryTests {

	private static final Logger logger = LoggerFactory.getLogger(CrashRecoveryTests.class);

	private static final int WRITERS = 4;

	private static final int WRITES_BEFORE_KILL = 60;

	@TempDir
	Path folder;

	private final AtomicInteger count = new AtomicInteger();

	private final Collection<String> acknowledged = new ConcurrentLinkedQueue<>();

	/** Reserves a port for the mail server and refuses connections until then. */
	private final Socket smtp = new Socket();

	@BeforeEach
	void reservePort() throws IOException {
		this.smtp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	@AfterEach
	void releasePort() throws IOException {
		this.smtp.close();
	}

	@Test
	void killLosesNothingThatWasAcknowledged() throws Exception {
		UnpackedPostgres.in(this.folder);
		ServiceProcess first = start();
		Client owner = signIn(first);
		String account = owner.get("/accounts").json().path("items").path(0).path("id").asString();
		writeUntilKilled(owner, account, first::kill);
		assertThat(databaseServer().isAlive()).isTrue();

		ServiceProcess second = start();
		Client ownerAfterRestart = second.anonymous().with(owner.token());
		assertThat(ownerAfterRestart.get("/session").status()).isEqualTo(200);
		assertNothingIsLost(ownerAfterRestart, account);
		writeUntilKilled(ownerAfterRestart, account, () -> {
			second.kill();
			databaseServer().destroyForcibly();
		});

		ServiceProcess third = start();
		awaitMailOutage(third);
		int port = this.smtp.getLocalPort();
		this.smtp.close();
		try (third; MailServer mail = MailServer.start(port)) {
			Client ownerAtEnd = third.anonymous().with(owner.token());
			assertNothingIsLost(ownerAtEnd, account);
			assertAllMailIsSent(mail, ownerAtEnd, account);
			assertMailOutageIsLogged(third, port);
			logger.warn(
					"{} invitations were acknowledged before and after two kills, {} were stored, all e-mails were sent",
					this.acknowledged.size(), mail.count());
		}
	}

	/**
	 * The mail server starts after the last start of the service, so all e-mail is queued
	 * until then.
	 */
	private ServiceProcess start() {
		return ServiceProcess
			.start("--latchkey.embedded.directory=" + this.folder, "--latchkey.mail.host=127.0.0.1",
					"--latchkey.mail.from=no-reply@latchkey.test", "--latchkey.mail.port=" + this.smtp.getLocalPort(),
					"--latchkey.mail.transport=SMTP", "--latchkey.mail.send-timeout=6s",
					"--latchkey.mail.lease-duration=8s", "--latchkey.mail.retry-delays=" + "2s,".repeat(100) + "2s",
					"--latchkey.invitations.max-creations-per-day=100000", "--latchkey.invitations.max-pending=100000")
			.awaitReady();
	}

	private static Client signIn(ServiceProcess service) {
		await().until(() -> service.line("with the password") != null);
		String password = Objects.requireNonNull(service.line("with the password"))
			.replaceAll(".*with the password (\\S+) .*", "$1");
		Response response = service.anonymous()
			.post("/session", Map.of("email", "owner@example.com", "password", password));
		assertThat(response.status()).as(response.text()).isEqualTo(201);
		return service.anonymous().with(response.at("token"));
	}

	private void writeUntilKilled(Client owner, String account, Runnable kill) throws InterruptedException {
		int before = this.acknowledged.size();
		List<Thread> writers = new ArrayList<>();
		for (int number = 0; number < WRITERS; number++) {
			Thread writer = new Thread(() -> write(owner, account), "writer-" + number);
			writers.add(writer);
			writer.start();
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> this.acknowledged.size() >= before + WRITES_BEFORE_KILL);
		kill.run();
		for (Thread writer : writers) {
			writer.join(10_000);
			assertThat(writer.isAlive()).isFalse();
		}
	}

	/**
	 * Invites one address after the other until the service is killed.
	 */
	private void write(Client owner, String account) {
		try {
			while (true) {
				String address = "invitee" + this.count.incrementAndGet() + "@example.com";
				Response response = owner.post("/accounts/" + account + "/invitations",
						Map.of("email", address, "permissions", List.of("invoices")));
				if (response.status() == 201) {
					this.acknowledged.add(response.at("id"));
				}
			}
		}
		catch (IllegalStateException ex) {
			assertThat(ex.getCause()).isInstanceOf(IOException.class);
		}
	}

	private void assertNothingIsLost(Client owner, String account) {
		List<JsonNode> invitations = PagedList.all(owner, "/accounts/" + account + "/invitations?limit=100");
		assertThat(invitations).extracting((item) -> item.path("id").asString()).containsAll(this.acknowledged);
		assertThat(owner.get("/accounts/" + account + "/invitations").json().path("counts").path("pending").asInt())
			.isEqualTo(invitations.size());
		List<JsonNode> events = PagedList.all(owner, "/accounts/" + account + "/events?limit=100");
		assertThat(events.stream().map((event) -> event.path("seq").asLong()).sorted().toList())
			.isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
		assertThat(events.stream()
			.filter((event) -> event.path("type").asString().equals("invitation.created"))
			.map((event) -> event.path("invitation").path("id").asString())).containsExactlyInAnyOrderElementsOf(
					invitations.stream().map((item) -> item.path("id").asString()).toList());
	}

	private static void assertAllMailIsSent(MailServer mail, Client owner, String account) {
		List<JsonNode> invitations = PagedList.all(owner, "/accounts/" + account + "/invitations?limit=100");
		await().atMost(Duration.ofSeconds(90))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> mail.count() >= invitations.size()
					&& PagedList.all(owner, "/accounts/" + account + "/events?type=invitation.sent&limit=100")
						.size() == invitations.size());
		assertThat(mail.mails().stream().map(Mail::to)).containsExactlyInAnyOrderElementsOf(
				invitations.stream().map((item) -> item.path("email").asString()).toList());
	}

	/**
	 * Readiness does not wait for the check of the mail server at the start.
	 */
	private static void awaitMailOutage(ServiceProcess service) {
		await().atMost(Duration.ofSeconds(30)).until(() -> service.line("Sending mail") != null);
	}

	/**
	 * The first line is that of the check at the start or of the first mail.
	 */
	private static void assertMailOutageIsLogged(ServiceProcess service, int port) {
		List<String> lines = service.output().stream().filter((line) -> line.contains("Sending mail")).toList();
		assertThat(lines).hasSize(2);
		assertThat(lines.get(0)).contains("WARN", "Sending mail through 127.0.0.1:" + port + " fails: ",
				"Connection refused");
		assertThat(lines.get(1)).contains("INFO", "Sending mail through 127.0.0.1:" + port + " works again after ");
	}

	private ProcessHandle databaseServer() {
		try {
			return ProcessHandle
				.of(Long.parseLong(Files.readAllLines(this.folder.resolve("data/postmaster.pid")).get(0)))
				.orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
