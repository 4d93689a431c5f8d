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
 * Alerts and dashboard ask for the listed metrics and labels alone, and all alerts say
 * what to do.
 */
@ServiceTest
class MonitoringTests {

	private static final Path LIST = Path.of("k8s/components/monitoring/metrics.txt");

	private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\{([^}]*)}");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"[^\"]*\"");

	private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

	private static final Set<String> WORDS = Set.of("sum", "max", "count", "absent", "rate", "increase", "and",
			"unless", "histogram_quantile", "m", "h");

	/** The names under which each is stored, with their labels. */
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
	void alertsAndDashboardAskForListedMetricsAndLabelsAndForAllOfThem() {
		Set<String> asked = new HashSet<>();
		all().forEach((expression) -> asked.addAll(metrics(expression)));
		assertThat(NAMES)
			.allMatch((name) -> asked.stream().anyMatch((series) -> series.matches(name + "(_bucket|_count)?")));
		assertThat(expressions()).hasSizeGreaterThan(12);
	}

	/**
	 * On a service where all has happened that can be listed.
	 */
	@Test
	void theServicePublishesEverythingOnTheList() {
		int management = Service.freePort();
		try (ScriptedMailServer mail = ScriptedMailServer.start();
				Service service = Service.on(TestDatabase.create())
					.set("latchkey.mail.host", "127.0.0.1")
					.set("latchkey.mail.port", Integer.toString(mail.port()))
					.set("latchkey.mail.transport", "SMTP")
					.set("management.server.port", Integer.toString(management))
					.set("latchkey.sessions.max-attempts-per-address", "1")
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
	 * What is asked for and isn't there: a series without its labels, or a label without
	 * its value. Prometheus itself adds where it comes from.
	 */
	private static Set<String> missing(MetricsScrape scrape) {
		Set<String> missing = new TreeSet<>();
		SERIES.forEach((name, labels) -> {
			Set<String> own = new HashSet<>(labels);
			own.removeAll(Set.of("job", "pod"));
			if (scrape.of(name).stream().noneMatch((series) -> series.labels().keySet().containsAll(own))) {
				missing.add(name);
			}
		});
		missing.remove("up");
		all().forEach((expression) -> {
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
	void everyAlertSaysHowBadItIsWhatItMeansAndWhatToDo() throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		assertThat(alerts()).hasSizeGreaterThan(10).allSatisfy((alert) -> {
			assertThat(Tree.at(alert, "labels.severity")).isIn("critical", "warning");
			assertThat(Tree.map(alert.get("annotations"))).containsOnlyKeys("summary", "runbook");
			assertThat(readme).contains("| `" + alert.get("alert") + "` |");
		});
		assertThat(alerts()).extracting((alert) -> alert.get("alert")).doesNotHaveDuplicates();
	}

	@Test
	void theMonitoringFindsTheService() {
		Manifest monitor = Overlays.find(Overlays.ALTERNATIVES, "ServiceMonitor", "latchkey");
		Manifest service = Overlays.find(Overlays.ALTERNATIVES, "Service", "latchkey");
		assertThat(service.map("metadata.labels")).containsAllEntriesOf(monitor.map("spec.selector.matchLabels"))
			.containsEntry(monitor.text("spec.jobLabel"), "latchkey");
		assertThat(service.list("spec.ports")).extracting((port) -> port.get("name"))
			.contains(monitor.at("spec.endpoints.0.port"));
		assertThat(monitor.text("spec.endpoints.0.path")).isEqualTo("/actuator/prometheus");
	}

	@Test
	void theDashboardIsOneThatGrafanaFinds() {
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
	 * The series that an expression asks for; what is neither one of these nor a word of
	 * the language is a fault, and so is a label that they don't have.
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
			.allMatch((word) -> word.isEmpty() || WORDS.contains(word));
		assertThat(found).as(expression).isNotEmpty();
		return found;
	}

	private static List<String> all() {
		List<String> all = new ArrayList<>(expressions());
		alerts().forEach((alert) -> all.add((String) alert.get("expr")));
		return all;
	}

	private static List<Map<String, Object>> alerts() {
		return Overlays.find(Overlays.ALTERNATIVES, "PrometheusRule", "latchkey").list("spec.groups.0.rules");
	}

	private static List<String> expressions() {
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
