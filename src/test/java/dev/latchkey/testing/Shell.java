package dev.latchkey.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * A bash process that runs blocks of commands one after the other, as in a terminal.
 * Background commands can write output at any time.
 */
public final class Shell implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String DONE = "--- block %d is done ---";

	private final Process process;

	private final Writer input;

	private final List<String> output = new CopyOnWriteArrayList<>();

	private int blocks;

	private Shell(Process process) {
		this.process = process;
		this.input = process.outputWriter();
		Thread reader = new Thread(this::read, "shell");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Starts bash without configuration files.
	 */
	public static Shell start() {
		try {
			return new Shell(new ProcessBuilder(InstalledPrograms.require("bash").toString(), "--norc", "--noprofile")
				.redirectErrorStream(true)
				.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs a block and waits for its end.
	 * @return the output in the meantime
	 */
	public String run(String block) {
		int from = this.output.size();
		String done = DONE.formatted(++this.blocks);
		try {
			this.input.write(block + "\nprintf '\\n%s\\n' '" + done + "'\n");
			this.input.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("bash has ended: " + this.output, ex);
		}
		awaitLine(done);
		return String.join("\n", this.output.subList(from, this.output.indexOf(done)));
	}

	/**
	 * Returns the value of a variable.
	 */
	public String variable(String name) {
		return run("echo \"<$" + name + ">\"").lines()
			.filter((line) -> line.startsWith("<"))
			.findFirst()
			.map((line) -> line.substring(1, line.length() - 1))
			.orElseThrow();
	}

	/**
	 * Waits until a line was written, by a block or in the background.
	 */
	public void awaitLine(String line) {
		awaitLine(line, 1);
	}

	/**
	 * Waits until a line was written a number of times.
	 */
	public void awaitLine(String line, int times) {
		Awaitility.await()
			.atMost(TIMEOUT)
			.pollInterval(Duration.ofMillis(20))
			.failFast("bash has ended", () -> !this.process.isAlive())
			.untilAsserted(() -> {
				if (Collections.frequency(this.output, line) < times) {
					throw new AssertionError("no line \"" + line + "\" in: " + this.output);
				}
			});
	}

	/**
	 * Returns all output lines so far.
	 */
	public List<String> output() {
		return List.copyOf(this.output);
	}

	/**
	 * Ends bash and its background commands.
	 */
	@Override
	public void close() {
		List<ProcessHandle> children = this.process.descendants().toList();
		this.process.destroy();
		children.forEach(ProcessHandle::destroy);
		try {
			this.process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
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
