package dev.latchkey.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus gets when it asks a replica.
 */
public record MetricsScrape(List<Series> series) {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

	/**
	 * Asks the replica whose management listens on a port.
	 */
	public static MetricsScrape of(int managementPort) {
		HttpResponse<String> answer = get(managementPort, "/actuator/prometheus");
		assertThat(answer.statusCode()).isEqualTo(200);
		return new MetricsScrape(
				answer.body().lines().filter((line) -> !line.startsWith("#")).map(MetricsScrape::parse).toList());
	}

	/**
	 * Asks for anything else there.
	 */
	public static HttpResponse<String> get(int port, String path) {
		try {
			return HTTP.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
					HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The sum of all series of a name that have these labels, 0 if there is none.
	 * @param labels names and values in turn
	 */
	public double sum(String name, String... labels) {
		return of(name).stream().filter((one) -> one.has(labels)).mapToDouble(Series::value).sum();
	}

	/**
	 * All series of a name.
	 */
	public List<Series> of(String name) {
		return this.series.stream().filter((one) -> one.name().equals(name)).toList();
	}

	/**
	 * The values of a label in a name's series that are not 0, each with the sum of them.
	 */
	public Map<String, Long> sumByLabel(String label, String name) {
		return of(name).stream()
			.filter((one) -> one.value() != 0)
			.collect(Collectors.toMap((one) -> Objects.requireNonNull(one.labels().get(label)),
					(one) -> (long) one.value(), Long::sum));
	}

	/**
	 * All values that a label has anywhere.
	 */
	public Set<String> labelValues(String label) {
		return this.series.stream()
			.map((one) -> one.labels().get(label))
			.filter(Objects::nonNull)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Series parse(String line) {
		Matcher matcher = LINE.matcher(line);
		if (!matcher.matches()) {
			throw new AssertionError("no series: " + line);
		}
		Map<String, String> labels = new HashMap<>();
		if (matcher.group(2) != null) {
			Matcher label = LABEL.matcher(matcher.group(2));
			while (label.find()) {
				labels.put(label.group(1), label.group(2));
			}
		}
		return new Series(matcher.group(1), Map.copyOf(labels), number(matcher.group(3)));
	}

	private static double number(String text) {
		return switch (text) {
			case "+Inf" -> Double.POSITIVE_INFINITY;
			case "-Inf" -> Double.NEGATIVE_INFINITY;
			default -> Double.parseDouble(text);
		};
	}

	/**
	 * One line.
	 */
	public record Series(String name, Map<String, String> labels, double value) {

		private boolean has(String... expected) {
			List<String> missing = new ArrayList<>();
			for (int index = 0; index < expected.length; index += 2) {
				if (!expected[index + 1].equals(this.labels.get(expected[index]))) {
					missing.add(expected[index]);
				}
			}
			return missing.isEmpty();
		}

	}

}
