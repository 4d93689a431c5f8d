package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server from a Debian package, for a version that the service supports but
 * does not embed, such as the oldest one. If the package is not installed, tests that
 * need it are skipped; in CI, which installs it, they fail.
 */
public final class DebianPostgres implements AutoCloseable {

	private static final String PASSWORD = "only on loopback";

	private final Path binaries;

	private final Path folder;

	private final int port;

	private DebianPostgres(Path binaries, Path folder, int port) {
		this.binaries = binaries;
		this.folder = folder;
		this.port = port;
	}

	/**
	 * Starts a server with an empty cluster.
	 * @param version the major version
	 */
	public static DebianPostgres start(int version) {
		FastRing.refuse("a database");
		Path binaries = Path.of("/usr/lib/postgresql/" + version + "/bin");
		if (!Files.isExecutable(binaries.resolve("initdb")) && System.getenv("CI") == null) {
			Assumptions.abort("PostgreSQL " + version + " is not installed (Debian: postgresql-" + version + ")");
		}
		try {
			DebianPostgres server = new DebianPostgres(binaries, Files.createTempDirectory("latchkey-postgres-"),
					Service.freePort());
			server.initialize();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Creates a new, empty database on this server.
	 */
	public TestDatabase createDatabase() {
		return TestDatabase.on(this.port, PASSWORD);
	}

	@Override
	public void close() {
		try {
			run("pg_ctl", "-D", data(), "-m", "immediate", "stop");
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void initialize() throws IOException {
		Path password = Files.writeString(this.folder.resolve("password"), PASSWORD);
		if (isRoot()) {
			execute(List.of("chown", "-R", "postgres", this.folder.toString()));
		}
		run("initdb", "-D", data(), "-U", "postgres", "--auth=md5", "--pwfile=" + password, "--encoding=UTF8",
				"--locale=C.UTF-8");
		run("pg_ctl", "-D", data(), "-w", "-l", this.folder.resolve("log").toString(), "-o",
				"-p " + this.port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off",
				"start");
	}

	private String data() {
		return this.folder.resolve("data").toString();
	}

	/**
	 * PostgreSQL does not run as root, so root switches to the user of the Debian
	 * package.
	 */
	private void run(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
		command.add(this.binaries.resolve(program).toString());
		command.addAll(List.of(arguments));
		execute(command);
	}

	private void execute(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new IOException("failed: " + command);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

}
