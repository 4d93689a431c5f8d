package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.awaitility.Awaitility.await;

/**
 * An HAProxy process (Debian package) for up to four replicas, configured as the README
 * recommends.
 */
public final class ReverseProxy implements AutoCloseable {

	private static final int SLOTS = 4;

	private final Process process;

	private final int port;

	private final int statisticsPort;

	private final List<Slot> slots;

	private ReverseProxy(Process process, int port, int statisticsPort, List<Slot> slots) {
		this.process = process;
		this.port = port;
		this.statisticsPort = statisticsPort;
		this.slots = slots;
	}

	public static ReverseProxy start() {
		int port = Service.freePort();
		int statisticsPort = Service.freePort();
		List<Slot> slots = new ArrayList<>();
		ProcessBuilder haproxy = new ProcessBuilder(InstalledPrograms.require("haproxy").toString(), "-db", "-f",
				Path.of("src/test/resources/haproxy.cfg").toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD);
		haproxy.environment().putAll(Map.of("PORT", Integer.toString(port), "STATS", Integer.toString(statisticsPort)));
		for (int number = 1; number <= SLOTS; number++) {
			Slot slot = new Slot("replica" + number, Service.freePort(), Service.freePort());
			haproxy.environment().put("PORT_" + number, Integer.toString(slot.port()));
			haproxy.environment().put("PROBE_" + number, Integer.toString(slot.probe()));
			slots.add(slot);
		}
		try {
			return new ReverseProxy(haproxy.start(), port, statisticsPort, slots);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	/**
	 * Returns the ports for a replica.
	 */
	public Slot slot(int number) {
		return this.slots.get(number % SLOTS);
	}

	/**
	 * Waits until the proxy sends requests to a replica.
	 * @param up false to wait until it no longer does
	 */
	public void awaitState(Slot slot, boolean up) {
		await().atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> statistics().lines()
				.anyMatch((line) -> line.startsWith("replicas," + slot.name() + ",")
						&& line.contains(up ? ",UP," : ",DOWN,")));
	}

	@Override
	public void close() {
		this.process.destroy();
	}

	private String statistics() throws InterruptedException {
		try {
			HttpRequest request = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + this.statisticsPort + "/;csv"))
				.build();
			return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
		}
		catch (IOException ex) {
			return "";
		}
	}

	/**
	 * The ports of a replica.
	 *
	 * @param probe the port for health checks
	 */
	public record Slot(String name, int port, int probe) {

	}

}
