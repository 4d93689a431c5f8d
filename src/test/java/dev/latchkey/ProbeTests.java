package dev.latchkey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.latchkey.embedded.EmbeddedDatabase;
import dev.latchkey.embedded.UnpackedPostgres;
import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * During an outage of the database, the liveness and readiness probes stay successful: no
 * replica is restarted or taken out of service, because the other replicas have the same
 * outage.
 */
@ExtendWith(OutputCaptureExtension.class)
@ServiceTest
class ProbeTests {

	private final int managementPort = Service.freePort();

	@TempDir
	Path folder;

	@Test
	void aDatabaseOutageShowsInResponsesAndNotInProbes(CapturedOutput log) throws Exception {
		int port = Service.freePort();
		EmbeddedDatabase database = EmbeddedDatabase.start(UnpackedPostgres.in(this.folder), port);
		try (Service service = Service.on(TestDatabase.on(port, database.password()))
			.set("management.server.port", Integer.toString(this.managementPort))
			.set("logging.level.dev.latchkey", "info")
			.start()) {
			Client client = new TestUsers(service).anOwner().client();
			assertThat(probe("")).isEqualTo(200);
			assertProbesSucceed();

			int before = log.length();
			database.close();
			long start = System.nanoTime();
			Response response = client.get("/accounts");
			assertThat(response.status()).isEqualTo(503);
			assertThat(response.code()).isEqualTo("unavailable");
			assertThat(response.header("Retry-After")).isEqualTo("2");
			assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(6);
			assertThat(probe("")).isEqualTo(503);
			assertProbesSucceed();
			refuse(client, 50);

			database = EmbeddedDatabase.start(this.folder, port);
			await().atMost(Duration.ofSeconds(10)).until(() -> client.get("/accounts").status() == 200);
			assertThat(probe("")).isEqualTo(200);
			assertProbesSucceed();
			await().untilAsserted(() -> assertOutageIsLoggedInTwoLines(log.toString().substring(before)));
		}
		finally {
			database.close();
		}
	}

	private static void refuse(Client client, int requests) {
		for (int request = 0; request < requests; request++) {
			assertThat(client.get("/accounts").status()).isEqualTo(503);
		}
	}

	/**
	 * The background work fails several times a second, too.
	 */
	private static void assertOutageIsLoggedInTwoLines(String log) {
		List<String> lines = log.lines()
			.filter((line) -> line.matches(".* (INFO|WARN|ERROR) .*") && !line.contains("EmbeddedDatabase"))
			.toList();
		assertThat(lines).as(log).hasSize(2);
		assertThat(lines.get(0)).contains("WARN").contains("Access to the database fails: ");
		assertThat(lines.get(1)).contains("INFO")
			.containsPattern("Access to the database works again after \\d+ s"
					+ " \\((5[1-9]|[6-9]\\d|\\d{3}) requests and \\d{2,} background rounds failed\\)");
		assertThat(log).doesNotContain("\tat ");
	}

	private void assertProbesSucceed() throws IOException, InterruptedException {
		assertThat(probe("/liveness")).isEqualTo(200);
		assertThat(probe("/readiness")).isEqualTo(200);
	}

	private int probe(String group) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.managementPort + "/actuator/health" + group))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

}
