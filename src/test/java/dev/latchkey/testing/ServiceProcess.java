package dev.latchkey.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.LatchkeyApplication;
import dev.latchkey.embedded.UnpackedPostgres;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * The application in its own process, as in production. The process can be killed, and
 * its output is kept.
 */
public final class ServiceProcess implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private static final Pattern PASSWORD = Pattern.compile("with the password (\\S+) \\(shown only once\\)");

	private final Process process;

	private final int port;

	private final int managementPort;

	private final List<String> output = new CopyOnWriteArrayList<>();

	private final Thread reader;

	private ServiceProcess(Process process, int port, int managementPort) {
		this.process = process;
		this.port = port;
		this.managementPort = managementPort;
		this.reader = new Thread(this::read, "output");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/**
	 * Starts the application on free ports.
	 * @param settings such as {@code --latchkey.embedded.directory=…}; a port in them
	 * takes precedence
	 */
	public static ServiceProcess start(String... settings) {
		return start(Map.of(), settings);
	}

	/**
	 * Starts the application on free ports, with further environment variables.
	 */
	public static ServiceProcess start(Map<String, String> environment, String... settings) {
		FastRing.refuse("the service");
		return start(ClassDataArchive.switches(ServiceProcess::train), environment, settings);
	}

	/**
	 * Starts and stops the application with an embedded database.
	 */
	private static void train(List<String> switches) {
		try {
			Path folder = Files.createTempDirectory(Path.of("target"), "training-");
			try (ServiceProcess process = start(switches, Map.of(),
					"--latchkey.embedded.directory=" + UnpackedPostgres.in(folder))) {
				process.awaitReady();
			}
			FileSystemUtils.deleteRecursively(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ServiceProcess start(List<String> switches, Map<String, String> environment, String... settings) {
		int port = Service.freePort();
		int managementPort = Service.freePort();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		command.addAll(switches);
		command.addAll(List.of(LatchkeyApplication.class.getName(), "--management.server.port=" + managementPort));
		if (Arrays.stream(settings).noneMatch((setting) -> setting.startsWith("--server.port="))) {
			command.add("--server.port=" + port);
		}
		command.addAll(List.of(settings));
		try {
			ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
			process.environment().putAll(environment);
			return new ServiceProcess(process.start(), port, managementPort);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until the application has started.
	 * @throws AssertionError if the process has ended
	 */
	public ServiceProcess awaitReady() {
		Awaitility.await()
			.atMost(TIMEOUT)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> !this.process.isAlive() || line("Started LatchkeyApplication") != null);
		if (!this.process.isAlive()) {
			throw new AssertionError("the process ended: " + output());
		}
		return this;
	}

	/**
	 * Waits until the process has ended.
	 * @return its exit code
	 */
	public int awaitExit() {
		try {
			if (!this.process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("the process still runs: " + output());
			}
			this.reader.join(TIMEOUT.toMillis());
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the first output line that contains a text, or null if there is none yet.
	 */
	public @Nullable String line(String text) {
		return this.output.stream().filter((line) -> line.contains(text)).findFirst().orElse(null);
	}

	/**
	 * Returns all output lines so far, from standard output and standard error.
	 */
	public List<String> output() {
		return List.copyOf(this.output);
	}

	/**
	 * Waits for the password of the demonstration owner, which the first start creates
	 * and prints. The line can be the last one of the start.
	 */
	public String awaitOwnerPassword() {
		Awaitility.await().until(() -> line("with the password") != null);
		Matcher shown = PASSWORD.matcher(String.valueOf(line("with the password")));
		if (!shown.find()) {
			throw new AssertionError("no password in: " + line("with the password"));
		}
		return shown.group(1);
	}

	public int port() {
		return this.port;
	}

	public String url() {
		return "http://localhost:" + this.port;
	}

	/**
	 * Returns the URL of the management server.
	 */
	public String managementUrl() {
		return "http://localhost:" + this.managementPort;
	}

	/**
	 * Returns a client of the API that is not signed in.
	 */
	public Client anonymous() {
		return new Client(url() + "/api/v1", null);
	}

	/**
	 * Returns a client that is not signed in and whose paths are relative to the root of
	 * the server.
	 */
	public Client anonymousAtRoot() {
		return new Client(url(), null);
	}

	/**
	 * Kills the process, as {@code kill -9} does.
	 */
	public void kill() {
		this.process.destroyForcibly();
		awaitExit();
	}

	/**
	 * Stops the process, as {@code kill} does, and waits for its end.
	 */
	@Override
	public void close() {
		this.process.destroy();
		awaitExit();
	}

	private void read() {
		try (BufferedReader lines = this.process.inputReader()) {
			lines.lines().forEach(this.output::add);
		}
		catch (IOException | UncheckedIOException ex) {
			this.output.add("(the output ended: " + ex.getMessage() + ")");
		}
	}

}
