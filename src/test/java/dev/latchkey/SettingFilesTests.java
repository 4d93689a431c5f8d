package dev.latchkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings can be in files with the names of the settings, in the layout of Kubernetes:
 * symbolic links to a hidden folder, so that all files change at once.
 */
@ServiceTest
class SettingFilesTests {

	private static final String KEY = "1:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

	static TestDatabase database;

	@TempDir
	Path folder;

	@BeforeAll
	static void create() {
		database = TestDatabase.create();
	}

	@Test
	void databaseCredentialsAndKeysAreReadFromFiles() throws IOException {
		writeSecret("latchkey.database.username", setting("latchkey.database.username"));
		writeSecret("latchkey.database.password", setting("latchkey.database.password") + "\n");
		writeSecret("latchkey.links.keys", KEY + ",2:" + KEY.substring(2) + "\n");
		try (ServiceProcess service = start()) {
			service.awaitReady();
			assertThat(service.anonymous().get("/session").status()).isEqualTo(401);
		}
	}

	@Test
	void anInvalidValueIsReportedWithoutTheValue() throws IOException {
		writeSecret("latchkey.database.username", setting("latchkey.database.username"));
		writeSecret("latchkey.database.password", setting("latchkey.database.password"));
		writeSecret("latchkey.links.keys", "1:c2hvcnQgYnV0IHNlY3JldA==");
		try (ServiceProcess service = start()) {
			assertThat(service.awaitExit()).isNotZero();
			assertThat(service.output()).noneMatch((line) -> line.contains("c2hvcnQ"))
				.anyMatch((line) -> line.startsWith("Latchkey does not start. latchkey.links.keys is a list of "));
		}
	}

	@Test
	void anEnvironmentVariableTakesPrecedence() throws IOException {
		writeSecret("latchkey.database.url", setting("latchkey.database.url"));
		writeSecret("latchkey.database.username", "user-of-file");
		writeSecret("latchkey.database.password", setting("latchkey.database.password"));
		try (ServiceProcess service = ServiceProcess.start(Map.of("LATCHKEY_SECRETS_DIRECTORY", this.folder.toString(),
				"LATCHKEY_DATABASE_USERNAME", "user-of-variable"), "--latchkey.database.migration=only")) {
			assertThat(service.awaitExit()).isNotZero();
			assertThat(String.join("\n", service.output())).contains("\"user-of-variable\"");
		}
	}

	private ServiceProcess start() {
		return ServiceProcess.start(Map.of("LATCHKEY_SECRETS_DIRECTORY", this.folder.toString()),
				"--latchkey.database.url=" + setting("latchkey.database.url"),
				"--latchkey.base-url=https://users.example.test");
	}

	private static String setting(String name) {
		return Objects.requireNonNull(database.settings().get(name));
	}

	private void writeSecret(String name, String value) throws IOException {
		Path hidden = Files.createDirectories(this.folder.resolve("..2026_01_01"));
		Files.writeString(hidden.resolve(name), value);
		Path data = this.folder.resolve("..data");
		if (!Files.exists(data)) {
			Files.createSymbolicLink(data, hidden.getFileName());
		}
		Files.createSymbolicLink(this.folder.resolve(name), Path.of("..data", name));
	}

}
