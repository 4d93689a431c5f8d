package dev.latchkey.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.latchkey.shared.StartupException;
import dev.latchkey.testing.ServiceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Restarts after a shutdown or a crash.
 */
@ServiceTest
class EmbeddedDatabaseRecoveryTests {

	@TempDir
	Path folder;

	private final List<Process> children = new ArrayList<>();

	@BeforeEach
	void unpack() {
		UnpackedPostgres.in(this.folder);
	}

	@AfterEach
	void killChildren() throws Exception {
		for (Process child : this.children) {
			kill(child);
		}
	}

	@Test
	void dataSurvivesARestartAndAStalePidFileHarmsNoOtherProcess() throws Exception {
		try (EmbeddedDatabase first = EmbeddedDatabase.start(this.folder, 0)) {
			Sql.execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
		}
		assertThat(pidFile()).doesNotExist();
		Process otherProcess = start("sleep", "600");
		Files.writeString(pidFile(), otherProcess.pid() + "\n" + this.folder.toRealPath().resolve("data") + "\n");
		Files.createDirectory(this.folder.resolve("unfinished-by-a-crash"));
		try (EmbeddedDatabase second = EmbeddedDatabase.start(this.folder, 0)) {
			assertThat(Sql.query(second, "SELECT answer FROM kept")).isEqualTo("42");
		}
		assertThat(otherProcess.isAlive()).isTrue();
		assertThat(this.folder.resolve("unfinished-by-a-crash")).doesNotExist();
	}

	@Test
	void committedRowsSurviveAKilledProcessWhoseServerStillRuns() throws Exception {
		int acknowledged = startAndKillChild();
		ProcessHandle server = server();
		assertThat(server.isAlive()).isTrue();
		assertRecovered(acknowledged);
		server.onExit().get(10, TimeUnit.SECONDS);
	}

	@Test
	void committedRowsSurviveAProcessKilledWithItsServer() throws Exception {
		int acknowledged = startAndKillChild();
		server().destroyForcibly();
		assertRecovered(acknowledged);
	}

	@Test
	void aSecondProcessIsRefusedAndTheFirstContinues() throws Exception {
		Process child = startChild();
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> EmbeddedDatabase.start(this.folder, 0))
			.withMessage("Another process uses the embedded database in " + this.folder.toRealPath()
					+ ": stop it, or set latchkey.embedded.directory to another directory.");
		assertThat(server().isAlive()).isTrue();
		assertThat(child.isAlive()).isTrue();
		kill(child);
		EmbeddedDatabase.start(this.folder, 0).close();
	}

	@Test
	void aPortInUseIsReportedInOneSentence() throws Exception {
		try (ServerSocket usedPort = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(StartupException.class)
				.isThrownBy(() -> EmbeddedDatabase.start(this.folder, usedPort.getLocalPort()))
				.withMessage("The embedded database doesn't start: "
						+ "could not bind IPv4 address \"127.0.0.1\": Address already in use");
		}
		assertThat(pidFile()).doesNotExist();
		EmbeddedDatabase.start(this.folder, 0).close();
	}

	@Test
	void aMissingPasswordIsReportedInOneSentence() throws Exception {
		Files.createDirectory(this.folder.resolve("data"));
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> EmbeddedDatabase.start(this.folder, 0))
			.withMessageStartingWith("The embedded database's password is missing: ");
	}

	private void assertRecovered(int acknowledged) throws Exception {
		try (EmbeddedDatabase recovered = EmbeddedDatabase.start(this.folder, 0)) {
			assertThat(Integer.parseInt(Sql.query(recovered, "SELECT count(*) FROM acknowledged")))
				.isGreaterThanOrEqualTo(acknowledged);
		}
	}

	private int startAndKillChild() throws Exception {
		Process child = startChild();
		kill(child);
		return child.inputReader()
			.lines()
			.filter((line) -> line.matches("[0-9]+"))
			.mapToInt(Integer::parseInt)
			.max()
			.orElse(100);
	}

	/**
	 * Starts a child process and returns when it has committed some rows.
	 */
	private Process startChild() throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process child = start(java, "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), DatabaseProcess.class.getName(), this.folder.toString());
		BufferedReader output = child.inputReader();
		for (String line = output.readLine(); !"100".equals(line); line = output.readLine()) {
			assertThat(line).as("the child's output").isNotNull();
		}
		return child;
	}

	private Process start(String... command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		this.children.add(process);
		return process;
	}

	private static void kill(Process process) throws InterruptedException {
		process.toHandle().destroyForcibly();
		process.waitFor();
	}

	private ProcessHandle server() throws IOException {
		return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile()).get(0))).orElseThrow();
	}

	private Path pidFile() {
		return this.folder.resolve("data/postmaster.pid");
	}

}
