package dev.latchkey.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.testing.MetricsScrape;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Alerts and the dashboard use only the listed metrics and labels, the service publishes
 * them, and every alert has a runbook.
 */
@ServiceTest
class MonitoringTests {

	private static final Path LIST = Path.of("k8s/components/monitoring/metrics.txt");

	private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\{([^}]*)}");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"[^\"]*\"");

	private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

	private static final Set<String> KEYWORDS = Set.of("sum", "max", "count", "absent", "rate", "increase", "and",
			"unless", "histogram_quantile", "m", "h");

	/** The time series of each metric, with their labels. */
	private static final Map<String, Set<String>> SERIES = new HashMap<>();

	private static final List<String> NAMES = new ArrayList<>();

	@BeforeAll
	static void read() throws IOException {
		for (String line : Files.readAllLines(LIST)) {
			if (!line.startsWith("#")) {
				String[] columns = line.split("\\s+", 3);
				Set<String> labels = new HashSet<>(List.of(columns[2].split(" ", -1)));
				NAMES.add(columns[0]);
				if (columns[1].equals("histogram")) {
					SERIES.put(columns[0] + "_count", labels);
					labels = new HashSet<>(labels);
					labels.add("le");
					SERIES.put(columns[0] + "_bucket", labels);
				}
				else {
					SERIES.put(columns[0], labels);
				}
			}
		}
	}

	@Test
	void alertsAndTheDashboardUseExactlyTheListedMetrics() {
		Set<String> used = new HashSet<>();
		allExpressions().forEach((expression) -> used.addAll(metrics(expression)));
		assertThat(NAMES)
			.allMatch((name) -> used.stream().anyMatch((series) -> series.matches(name + "(_bucket|_count)?")));
		assertThat(dashboardExpressions()).hasSizeGreaterThan(12);
	}

	/**
	 * The service has sent mail, refused sign-ins and collected garbage before.
	 */
	@Test
	void theServicePublishesTheListedMetrics() {
		int management = Service.freePort();
		try (ScriptedMailServer mail = ScriptedMailServer.start();
				Service service = Service.on(TestDatabase.create())
					.set("latchkey.mail.host", "127.0.0.1")
					.set("latchkey.mail.port", Integer.toString(mail.port()))
					.set("latchkey.mail.transport", "SMTP")
					.set("management.server.port", Integer.toString(management))
					.set("latchkey.sessions.max-attempts-per-address-and-source", "1")
					.start()) {
			mail.answer(Step.RCPT, "451 4.7.1 later");
			service.anonymous().post("/users", Map.of("email", "somebody@example.test"));
			service.anonymous().post("/users", Map.of("email", "another@example.test"));
			Map<String, String> guess = Map.of("email", "somebody@example.test", "password", "a wrong one");
			service.anonymous().post("/session", guess);
			service.anonymous().post("/session", guess);
			System.gc();
			await().untilAsserted(() -> assertThat(missing(MetricsScrape.of(management))).isEmpty());
			assertThat(missing(new MetricsScrape(List.of()))).hasSize(SERIES.size() - 1);
		}
	}

	/**
	 * The series that lack a label, and the selectors whose label value does not occur.
	 * Prometheus itself adds the labels job and pod.
	 */
	private static Set<String> missing(MetricsScrape scrape) {
		Set<String> missing = new TreeSet<>();
		SERIES.forEach((name, labels) -> {
			Set<String> expected = new HashSet<>(labels);
			expected.removeAll(Set.of("job", "pod"));
			if (scrape.of(name).stream().noneMatch((series) -> series.labels().keySet().containsAll(expected))) {
				missing.add(name);
			}
		});
		missing.remove("up");
		allExpressions().forEach((expression) -> {
			Matcher selector = SELECTOR.matcher(expression);
			while (selector.find()) {
				Matcher value = Pattern.compile("(outcome|area)=\"([^\"]*)\"").matcher(selector.group(2));
				while (value.find() && scrape.of(selector.group(1)).size() > 0) {
					if (scrape.of(selector.group(1))
						.stream()
						.noneMatch((series) -> value.group(2).equals(series.labels().get(value.group(1))))) {
						missing.add(selector.group());
					}
				}
			}
		});
		return missing;
	}

	@Test
	void everyAlertHasASeverityASummaryAndARunbook() throws IOException {
		String handbook = Files.readString(Path.of("src/docs/operators-handbook.md"));
		assertThat(alerts()).hasSizeGreaterThan(10).allSatisfy((alert) -> {
			assertThat(Tree.at(alert, "labels.severity")).isIn("critical", "warning");
			assertThat(Tree.map(alert.get("annotations"))).containsOnlyKeys("summary", "runbook");
			assertThat(handbook).contains("| `" + alert.get("alert") + "` |");
		});
		assertThat(alerts()).extracting((alert) -> alert.get("alert")).doesNotHaveDuplicates();
	}

	@Test
	void theServiceMonitorSelectsTheService() {
		Manifest monitor = Overlays.find(Overlays.ALTERNATIVES, "ServiceMonitor", "latchkey");
		Manifest service = Overlays.find(Overlays.ALTERNATIVES, "Service", "latchkey");
		assertThat(service.map("metadata.labels")).containsAllEntriesOf(monitor.map("spec.selector.matchLabels"))
			.containsEntry(monitor.text("spec.jobLabel"), "latchkey");
		assertThat(service.list("spec.ports")).extracting((port) -> port.get("name"))
			.contains(monitor.at("spec.endpoints.0.port"));
		assertThat(monitor.text("spec.endpoints.0.path")).isEqualTo("/actuator/prometheus");
	}

	@Test
	void theDashboardIsFoundByGrafana() {
		Manifest map = Overlays.find(Overlays.ALTERNATIVES, "ConfigMap", "latchkey-dashboard");
		assertThat(map.map("metadata.labels")).containsEntry("grafana_dashboard", "1");
		JsonNode dashboard = dashboard();
		assertThat(dashboard.path("uid").asString()).isEqualTo("latchkey");
		Set<Integer> ids = new HashSet<>();
		for (JsonNode panel : dashboard.path("panels")) {
			assertThat(ids.add(panel.path("id").asInt())).isTrue();
			assertThat(panel.path("title").asString()).isNotEmpty();
			assertThat(panel.path("gridPos").path("x").asInt() + panel.path("gridPos").path("w").asInt())
				.isLessThanOrEqualTo(24);
		}
	}

	/**
	 * The series that an expression uses. Every other word must be a keyword, and every
	 * label one of the series.
	 */
	private static Set<String> metrics(String expression) {
		Set<String> found = new HashSet<>();
		Set<String> labels = new HashSet<>();
		Matcher selector = SELECTOR.matcher(expression);
		while (selector.find()) {
			assertThat(SERIES).as(expression).containsKey(selector.group(1));
			found.add(selector.group(1));
			Matcher matcher = MATCHER.matcher(selector.group(2));
			Set<String> matched = new HashSet<>();
			while (matcher.find()) {
				matched.add(matcher.group(1));
			}
			assertThat(SERIES.get(selector.group(1))).as(expression).containsAll(matched);
			assertThat(matched).as(expression).contains("job");
			labels.addAll(SERIES.get(selector.group(1)));
		}
		Matcher grouping = GROUPING.matcher(expression);
		while (grouping.find()) {
			assertThat(labels).as(expression).contains(grouping.group(1).split(", ", -1));
		}
		String rest = GROUPING.matcher(SELECTOR.matcher(expression).replaceAll("")).replaceAll("");
		assertThat(rest.split("[^a-zA-Z_]+", -1)).as(expression)
			.allMatch((word) -> word.isEmpty() || KEYWORDS.contains(word));
		assertThat(found).as(expression).isNotEmpty();
		return found;
	}

	private static List<String> allExpressions() {
		List<String> all = new ArrayList<>(dashboardExpressions());
		alerts().forEach((alert) -> all.add((String) alert.get("expr")));
		return all;
	}

	private static List<Map<String, Object>> alerts() {
		return Overlays.find(Overlays.ALTERNATIVES, "PrometheusRule", "latchkey").list("spec.groups.0.rules");
	}

	private static List<String> dashboardExpressions() {
		List<String> expressions = new ArrayList<>();
		dashboard().path("panels")
			.forEach((panel) -> panel.path("targets")
				.forEach((target) -> expressions.add(target.path("expr").asString())));
		return expressions;
	}

	private static JsonNode dashboard() {
		return JsonMapper.builder()
			.build()
			.readTree((String) Overlays.find(Overlays.ALTERNATIVES, "ConfigMap", "latchkey-dashboard")
				.map("data")
				.get("latchkey.json"));
	}

}
