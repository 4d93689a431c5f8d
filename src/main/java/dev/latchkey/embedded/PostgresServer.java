package dev.latchkey.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.latchkey.shared.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process of one data directory. A process counts as such only if it is a
 * PostgreSQL server started with this very directory: a number in a file that a crash
 * left behind may belong to anybody by now.
 */
final class PostgresServer {

	private static final Logger logger = LoggerFactory.getLogger(PostgresServer.class);

	private static final String START_WAIT_SECONDS = "60";

	private static final String FAST_STOP_WAIT_SECONDS = "60";

	private static final String IMMEDIATE_STOP_WAIT_SECONDS = "15";

	private static final int ATTEMPTS = 50;

	private static final long ATTEMPT_PAUSE_MILLIS = 200;

	private final Path data;

	private final PostgresBinaries binaries;

	PostgresServer(Path data, PostgresBinaries binaries) {
		this.data = data;
		this.binaries = binaries;
	}

	/**
	 * Starts the server and waits until it takes connections. Processes of a killed
	 * server may hold on to its shared memory for a moment; that is waited for.
	 */
	void start() throws IOException {
		Path log = this.data.resolve("server.log");
		for (int attempt = 1; true; attempt++) {
			Files.writeString(log, "");
			PostgresBinaries.Outcome outcome = this.binaries.run("pg_ctl", "-D", this.data.toString(), "-l",
					log.toString(), "-w", "-t", START_WAIT_SECONDS, "start");
			if (outcome.successful()) {
				return;
			}
			PostgresBinaries.Outcome said = new PostgresBinaries.Outcome(false,
					outcome.output() + Files.readString(log));
			if (attempt == ATTEMPTS || !said.output().contains("pre-existing shared memory block")) {
				stop();
				throw new StartupException("The embedded database doesn't start: " + said.reason());
			}
			pause();
		}
	}

	/**
	 * Stops the server if it runs: orderly within a minute, else at once, which loses
	 * nothing that was acknowledged. What is left of one that died is removed.
	 */
	void stop() throws IOException {
		Optional<ProcessHandle> process = running();
		if (process.isEmpty()) {
			Files.deleteIfExists(pidFile());
			return;
		}
		logger.debug("Stopping the embedded database, process {}", process.get().pid());
		if (!stop("fast", FAST_STOP_WAIT_SECONDS) && !stop("immediate", IMMEDIATE_STOP_WAIT_SECONDS)) {
			throw new StartupException("The embedded database that runs in " + this.data + " as process "
					+ process.get().pid() + " can't be stopped.");
		}
	}

	/**
	 * The server's process, if it is alive and really this directory's.
	 */
	Optional<ProcessHandle> running() throws IOException {
		return pid().flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive).filter(this::servesThisDirectory);
	}

	private boolean stop(String mode, String seconds) throws IOException {
		return this.binaries.run("pg_ctl", "-D", this.data.toString(), "-m", mode, "-w", "-t", seconds, "stop")
			.successful() || running().isEmpty();
	}

	private boolean servesThisDirectory(ProcessHandle process) {
		List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
		boolean server = process.info().command().filter((command) -> command.endsWith("/postgres")).isPresent();
		return server && arguments.contains(this.data.toString());
	}

	private Optional<Long> pid() throws IOException {
		if (!Files.exists(pidFile())) {
			return Optional.empty();
		}
		return Files.readAllLines(pidFile())
			.stream()
			.findFirst()
			.map(String::strip)
			.filter((line) -> line.matches("[1-9][0-9]{0,17}"))
			.map(Long::valueOf);
	}

	private Path pidFile() {
		return this.data.resolve("postmaster.pid");
	}

	private static void pause() throws IOException {
		try {
			Thread.sleep(ATTEMPT_PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while the embedded database started", ex);
		}
	}

}
