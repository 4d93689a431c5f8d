package dev.latchkey.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.latchkey.image.Dockerfile;
import dev.latchkey.testing.InstalledPrograms;
import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The migration and then a replica start with exactly the environment variables and the
 * secret files of the production pods, and the probes of the replica succeed.
 */
@ServiceTest
class PodTests {

	private final TestDatabase database = TestDatabase.create();

	/** The Secrets that the operator creates, or CloudNativePG. */
	private final Map<String, Map<String, String>> secrets = Map.of("latchkey",
			Map.of("latchkey.links.keys", "1:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="), "latchkey-database-app",
			Map.of("username", setting("latchkey.database.username"), "password",
					setting("latchkey.database.password")));

	@TempDir
	Path folder;

	@Test
	void theMigrationSucceedsAndThenAReplicaIsHealthy() throws Exception {
		Manifest migration = Overlays.find(Overlays.PRODUCTION, "Job", "latchkey-migration");
		try (ServiceProcess process = start(migration)) {
			assertThat(process.awaitExit()).as(String.join("\n", process.output())).isZero();
		}
		assertThat(secretFiles(migration)).noneMatch((file) -> file.endsWith("latchkey.links.keys"));

		Manifest server = Overlays.find(Overlays.PRODUCTION, "Deployment", "latchkey");
		String management;
		try (ServiceProcess process = start(server)) {
			process.awaitReady();
			for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
				Map<String, Object> get = server.map("spec.template.spec.containers.0." + probe + ".httpGet");
				assertThat(get).containsEntry("port", "management");
				assertThat(status(process.managementUrl() + get.get("path"))).as(probe).isEqualTo(200);
			}
			assertThat(process.output()).isNotEmpty()
				.allMatch((line) -> line.matches("\\{\"@timestamp\":.*\"environment\":\"production\".*}"))
				.filteredOn((line) -> !line.contains("\"level\":\"INFO\""))
				.allMatch((line) -> line.contains("Sending mail through smtp.example.com:587 fails"));
			assertThat(healthCheck(process.managementUrl())).as("the image's HEALTHCHECK").isZero();
			management = process.managementUrl();
		}
		assertThat(healthCheck(management)).as("the HEALTHCHECK of a stopped replica").isNotZero();
	}

	@Test
	void secretsAreMountedWhereTheApplicationReadsThem() {
		String mount = ApplicationSettings.placeholderDefault("spring.config.import");
		Overlays.all()
			.flatMap((overlay) -> Stream.of(Overlays.find(overlay, "Deployment", "latchkey"),
					Overlays.find(overlay, "Job", "latchkey-migration")))
			.forEach((workload) -> assertThat(workload.list("spec.template.spec.containers.0.volumeMounts"))
				.filteredOn((entry) -> "secrets".equals(entry.get("name")))
				.extracting((entry) -> entry.get("mountPath"))
				.containsExactly(mount));
	}

	@Test
	void theHandbookNamesEverySecretThatMustBeCreated() throws IOException {
		String handbook = Files.readString(Path.of("src/docs/operators-handbook.md"));
		assertThat(handbook).contains("`latchkey`", "latchkey.links.keys", "`latchkey-database-app`",
				"`latchkey-backup`");
	}

	/**
	 * Only the address of the database differs from the pod.
	 */
	private ServiceProcess start(Manifest workload) throws IOException {
		Map<String, String> environment = new HashMap<>(
				Map.of("KUBERNETES_SERVICE_HOST", "127.0.0.1", "KUBERNETES_SERVICE_PORT", "443"));
		Overlays.settings(Overlays.PRODUCTION).forEach((name, value) -> environment.put(name, (String) value));
		workload.list("spec.template.spec.containers.0.env")
			.forEach((variable) -> environment.put((String) variable.get("name"), (String) variable.get("value")));
		environment.put("LATCHKEY_SECRETS_DIRECTORY", writeSecrets(workload).toString());
		return ServiceProcess.start(environment, "--latchkey.database.url=" + setting("latchkey.database.url"));
	}

	private String setting(String name) {
		return Objects.requireNonNull(this.database.settings().get(name));
	}

	private Path writeSecrets(Manifest workload) throws IOException {
		Path mount = Files.createDirectory(this.folder.resolve(workload.kind()));
		for (Map<String, Object> source : sources(workload)) {
			Map<String, String> secret = Objects.requireNonNull(this.secrets.get(Tree.at(source, "secret.name")));
			Object items = Tree.at(source, "secret.items");
			for (Map.Entry<String, String> entry : secret.entrySet()) {
				if (items == null) {
					Files.writeString(mount.resolve(entry.getKey()), entry.getValue());
				}
			}
			for (Object item : Tree.list((items != null) ? items : List.of())) {
				String value = Objects.requireNonNull(secret.get(Tree.map(item).get("key")));
				Files.writeString(mount.resolve((String) Tree.map(item).get("path")), value);
			}
		}
		return mount;
	}

	private List<Path> secretFiles(Manifest workload) throws IOException {
		try (Stream<Path> files = Files.list(this.folder.resolve(workload.kind()))) {
			return files.toList();
		}
	}

	private static List<Map<String, Object>> sources(Manifest workload) {
		return workload.list("spec.template.spec.volumes")
			.stream()
			.filter((volume) -> "secrets".equals(volume.get("name")))
			.flatMap((volume) -> Tree.list(Tree.at(volume, "projected.sources")).stream())
			.map(Tree::map)
			.toList();
	}

	private static int healthCheck(String management) throws IOException, InterruptedException {
		InstalledPrograms.require("bash");
		ProcessBuilder check = new ProcessBuilder(Dockerfile.read().arguments("HEALTHCHECK"));
		check.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(URI.create(management).getPort()));
		return check.start().waitFor();
	}

	private static int status(String url) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

}
