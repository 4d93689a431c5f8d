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
 * The server process of a data directory. A process is accepted only if it is a
 * PostgreSQL server that was started with this directory: after a crash, the id in the
 * pid file may belong to another process.
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
	 * Starts the server and waits until it accepts connections. Processes of a killed
	 * server may hold its shared memory for a moment, so the start is tried again until
	 * they have ended.
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
			PostgresBinaries.Outcome failure = new PostgresBinaries.Outcome(false,
					outcome.output() + Files.readString(log));
			if (attempt == ATTEMPTS || !failure.output().contains("pre-existing shared memory block")) {
				stop();
				throw new StartupException("The embedded database doesn't start: " + failure.reason());
			}
			pause();
		}
	}

	/**
	 * Stops the server if it runs: first in fast mode and, if it still runs after a
	 * minute, in immediate mode. Neither mode loses committed data. The pid file of a
	 * crashed server is deleted.
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
	 * The running server process of this directory.
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
		boolean isServer = process.info().command().filter((command) -> command.endsWith("/postgres")).isPresent();
		return isServer && arguments.contains(this.data.toString());
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
