package dev.latchkey.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.latchkey.LatchkeyApplication;
import dev.latchkey.embedded.UnpackedPostgres;
import dev.latchkey.testing.InstalledPrograms;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The training run of the image completes. It runs on the JVM of the tests, which does
 * not create the cache.
 */
@ServiceTest
class TrainingTests {

	/**
	 * Replaces java: writes a file in place of the cache, and does not let the service
	 * unpack PostgreSQL.
	 */
	private static final String JAVA = """
			#!/usr/bin/env bash
			case $1 in -XX:AOTCacheOutput=*) echo trained >"${1#*=}" ;; *) exit 64 ;; esac
			shift
			mkdir "$LATCHKEY_EMBEDDED_DIRECTORY"
			cp -a "$UNPACKED/programs" "$LATCHKEY_EMBEDDED_DIRECTORY"
			exec "$REAL_JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"
			""";

	@TempDir
	Path folder;

	@Test
	void theTrainingRunCompletes() throws Exception {
		Path cache = this.folder.resolve("latchkey.aot");
		Process training = start(Map.of(), cache);
		assertThat(training.waitFor(120, TimeUnit.SECONDS)).isTrue();
		assertThat(training.exitValue()).as(output()).isZero();
		assertThat(cache).hasContent("trained");
	}

	@Test
	void aServiceThatDoesNotStartFailsTheBuild() throws Exception {
		Process training = start(Map.of("LATCHKEY_DATABASE_POOL_SIZE", "0"), this.folder.resolve("latchkey.aot"));
		assertThat(training.waitFor(120, TimeUnit.SECONDS)).isTrue();
		assertThat(training.exitValue()).isNotZero();
		assertThat(output()).contains("latchkey.database.pool-size");
	}

	private Process start(Map<String, String> environment, Path cache) throws IOException {
		Path java = Files.writeString(this.folder.resolve("java"), JAVA);
		assertThat(java.toFile().setExecutable(true)).isTrue();
		ProcessBuilder training = new ProcessBuilder(
				List.of(InstalledPrograms.require("bash").toString(), "src/image/train.sh", cache.toString(), "-cp",
						System.getProperty("java.class.path"), LatchkeyApplication.class.getName()));
		training.environment().putAll(environment);
		training.environment().put("TRAINING_ROUNDS", "5");
		training.environment().put("PATH", this.folder + ":" + System.getenv("PATH"));
		training.environment().put("UNPACKED", UnpackedPostgres.in(this.folder.resolve("unpacked")).toString());
		training.environment().put("REAL_JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
		training.environment().put("SERVER_PORT", Integer.toString(Service.freePort()));
		training.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(Service.freePort()));
		return training.redirectErrorStream(true).redirectOutput(this.folder.resolve("output").toFile()).start();
	}

	private String output() throws IOException {
		return Files.readString(this.folder.resolve("output"));
	}

}
