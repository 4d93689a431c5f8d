package dev.latchkey.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
 * The metrics of a replica as Prometheus scrapes them.
 */
public record MetricsScrape(List<Series> series) {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

	/**
	 * Scrapes the replica with a management port.
	 */
	public static MetricsScrape of(int managementPort) {
		HttpResponse<String> response = get(managementPort, "/actuator/prometheus");
		assertThat(response.statusCode()).isEqualTo(200);
		return new MetricsScrape(
				response.body().lines().filter((line) -> !line.startsWith("#")).map(MetricsScrape::parse).toList());
	}

	/**
	 * Requests another path of the management server.
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
	 * Returns the sum of all series with a name and labels, 0 if there is none.
	 * @param labels names and values in turn
	 */
	public double sum(String name, String... labels) {
		return of(name).stream().filter((each) -> each.hasLabels(labels)).mapToDouble(Series::value).sum();
	}

	/**
	 * Returns all series with a name.
	 */
	public List<Series> of(String name) {
		return this.series.stream().filter((each) -> each.name().equals(name)).toList();
	}

	/**
	 * Groups the series with a name by a label and sums them up. Series that are 0 are
	 * left out.
	 */
	public Map<String, Long> sumByLabel(String label, String name) {
		return of(name).stream()
			.filter((each) -> each.value() != 0)
			.collect(Collectors.toMap((each) -> Objects.requireNonNull(each.labels().get(label)),
					(each) -> (long) each.value(), Long::sum));
	}

	/**
	 * Returns all values of a label in all series.
	 */
	public Set<String> labelValues(String label) {
		return this.series.stream()
			.map((each) -> each.labels().get(label))
			.filter(Objects::nonNull)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Series parse(String line) {
		Matcher matcher = LINE.matcher(line);
		if (!matcher.matches()) {
			throw new AssertionError("not a series: " + line);
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
	 * A series: one line of the scrape.
	 */
	public record Series(String name, Map<String, String> labels, double value) {

		private boolean hasLabels(String... expected) {
			for (int index = 0; index < expected.length; index += 2) {
				if (!expected[index + 1].equals(this.labels.get(expected[index]))) {
					return false;
				}
			}
			return true;
		}

	}

}
