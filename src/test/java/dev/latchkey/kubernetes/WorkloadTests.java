package dev.latchkey.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.latchkey.feed.FeedProperties;
import dev.latchkey.image.Dockerfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The workloads match the application: its ports, its settings, its streams.
 */
class WorkloadTests {

	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void portsAreThoseOfTheApplication(Kustomization overlay) {
		assertThat(server(overlay).list("spec.template.spec.containers.0.ports"))
			.extracting((port) -> port.get("name") + " " + port.get("containerPort"))
			.containsExactly("http " + ApplicationSettings.text("server.port"),
					"management " + ApplicationSettings.text("management.server.port"));
		Manifest service = Overlays.find(overlay, "Service", "latchkey");
		assertThat(service.list("spec.ports"))
			.allSatisfy((port) -> assertThat(port.get("targetPort")).isEqualTo(port.get("name")));
		assertThat(service.list("spec.ports")).extracting((port) -> port.get("name"))
			.containsExactly("http", "management");
		assertThat(Dockerfile.read().one("EXPOSE")).isEqualTo(
				ApplicationSettings.text("server.port") + " " + ApplicationSettings.text("management.server.port"));
	}

	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void everySettingExists(Kustomization overlay) {
		Set<String> known = ApplicationSettings.names()
			.stream()
			.map(ApplicationSettings::variable)
			.collect(Collectors.toSet());
		assertThat(known).contains("LATCHKEY_DATABASE_MIGRATION", "LATCHKEY_MAIL_FROM")
			.doesNotContain("LATCHKEY_MAIL_FORM");
		assertThat(known).containsAll(Overlays.settings(overlay).keySet());
		latchkeyWorkloads(overlay)
			.forEach((workload) -> assertThat(workload.list("spec.template.spec.containers.0.env"))
				.extracting((variable) -> (String) variable.get("name"))
				.isSubsetOf(known));
	}

	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void theJobMigratesAndTheReplicasDoNot(Kustomization overlay) {
		String image = (String) server(overlay).at("spec.template.spec.containers.0.image");
		assertThat(image).matches(".+:.+");
		assertThat(latchkeyWorkloads(overlay))
			.extracting((workload) -> workload.kind() + " " + workload.at("spec.template.spec.containers.0.env.0.name")
					+ "=" + workload.at("spec.template.spec.containers.0.env.0.value") + " "
					+ workload.at("spec.template.spec.containers.0.image"))
			.containsExactly("Job LATCHKEY_DATABASE_MIGRATION=only " + image,
					"Deployment LATCHKEY_DATABASE_MIGRATION=never " + image);
	}

	/**
	 * The upgrade in the handbook applies everything without this label first.
	 */
	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void theMigrationCanBeAppliedBeforeTheServer(Kustomization overlay) throws IOException {
		assertThat(Files.readString(Path.of("src/docs/operators-handbook.md")))
			.contains("-l 'app.kubernetes.io/component!=server'");
		assertThat(overlay.objects())
			.filteredOn((object) -> object.at("metadata.labels") instanceof Map<?, ?> labels
					&& "server".equals(labels.get("app.kubernetes.io/component")))
			.extracting(Manifest::id)
			.containsExactlyInAnyOrder("Deployment/latchkey", "Service/latchkey");
	}

	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void everyReferenceAndSelectorMatches(Kustomization overlay) {
		List<Manifest> objects = overlay.objects();
		Map<String, Object> pods = server(overlay).map("spec.template.metadata.labels");
		for (Manifest workload : Overlays.workloads(overlay)) {
			if (!workload.kind().equals("Job")) {
				assertThat(workload.map("spec.template.metadata.labels"))
					.containsAllEntriesOf(workload.map("spec.selector.matchLabels"));
			}
			if (workload.at("spec.template.spec.containers.0.envFrom.0.configMapRef.name") instanceof String map) {
				assertThat(objects).extracting(Manifest::id).contains("ConfigMap/" + map);
			}
			if (workload.at("spec.template.spec.serviceAccountName") instanceof String account) {
				assertThat(objects).extracting(Manifest::id).contains("ServiceAccount/" + account);
			}
		}
		assertThat(pods).containsAllEntriesOf(Overlays.find(overlay, "Service", "latchkey").map("spec.selector"));
		server(overlay).list("spec.template.spec.topologySpreadConstraints")
			.forEach((spread) -> assertThat(pods).isEqualTo(Tree.at(spread, "labelSelector.matchLabels")));
		assertThat(Overlays.find(overlay, "ServiceAccount", "latchkey").at("automountServiceAccountToken"))
			.isEqualTo(false);
	}

	@Test
	void theProxiesDoNotInterruptStreams() {
		FeedProperties feed = ApplicationSettings.defaults(FeedProperties.class);
		Duration longest = feed.maxStreamAge().multipliedBy(11).dividedBy(10);
		Map<String, Object> nginx = Overlays.find(Overlays.ALTERNATIVES, "Ingress", "latchkey")
			.map("metadata.annotations");
		String prefix = "nginx.ingress.kubernetes.io/";
		assertThat(nginx).containsEntry(prefix + "proxy-buffering", "off")
			.containsEntry(prefix + "proxy-request-buffering", "off");
		for (String timeout : List.of("proxy-read-timeout", "proxy-send-timeout")) {
			assertThat(Duration.ofSeconds(Long.parseLong((String) nginx.get(prefix + timeout)))).isGreaterThan(longest)
				.isGreaterThan(feed.heartbeatInterval());
		}
		Manifest route = Overlays.find(Overlays.PRODUCTION, "HTTPRoute", "latchkey");
		assertThat(route.at("spec.rules.0.matches.0.headers.0"))
			.isEqualTo(Map.of("name", "Accept", "type", "Exact", "value", "text/event-stream"));
		assertThat(route.text("spec.rules.0.timeouts.request")).isEqualTo("0s");
		int port = Overlays.find(Overlays.PRODUCTION, "Service", "latchkey").number("spec.ports.0.port");
		assertThat(route.list("spec.rules")).allSatisfy((rule) -> {
			assertThat(Tree.at(rule, "backendRefs.0.name")).isEqualTo("latchkey");
			assertThat(Tree.at(rule, "backendRefs.0.port")).isEqualTo(port);
			assertThat(Tree.at(rule, "filters.0.requestHeaderModifier.remove")).isEqualTo(List.of("Forwarded"));
		});
		assertThat(Overlays.settings(Overlays.PRODUCTION).get("LATCHKEY_BASE_URL"))
			.isEqualTo("https://" + route.at("spec.hostnames.0"))
			.isEqualTo(
					"https://" + Overlays.find(Overlays.ALTERNATIVES, "Ingress", "latchkey").at("spec.rules.0.host"));
	}

	/**
	 * The restricted pod security standard, which the namespace enforces.
	 */
	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void everyPodIsRestrictedAndHasResources(Kustomization overlay) {
		assertThat(overlay.objects()).filteredOn((object) -> object.kind().equals("Namespace"))
			.singleElement()
			.satisfies((namespace) -> assertThat(namespace.map("metadata.labels"))
				.containsEntry("pod-security.kubernetes.io/enforce", "restricted"));
		for (Manifest workload : Overlays.workloads(overlay)) {
			Map<String, Object> pod = workload.map("spec.template.spec");
			assertThat(pod).containsEntry("automountServiceAccountToken", false)
				.containsEntry("enableServiceLinks", false);
			assertThat(Tree.map(pod.get("securityContext"))).containsEntry("runAsNonRoot", true)
				.containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
			assertThat(workload.containers()).allSatisfy((container) -> {
				assertThat(container.get("securityContext")).isEqualTo(Map.of("allowPrivilegeEscalation", false,
						"readOnlyRootFilesystem", true, "capabilities", Map.of("drop", List.of("ALL"))));
				assertThat(Tree.map(Tree.at(container, "resources.requests"))).containsKeys("cpu", "memory");
				assertThat(Tree.map(Tree.at(container, "resources.limits"))).containsKeys("memory");
				assertThat(names(Tree.list(container.get("volumeMounts"))))
					.isEqualTo(names(Tree.list(pod.get("volumes")), workload));
			});
		}
		latchkeyWorkloads(overlay)
			.forEach((workload) -> assertThat(workload.number("spec.template.spec.securityContext.runAsUser") + ":"
					+ workload.number("spec.template.spec.securityContext.runAsGroup"))
				.isEqualTo(Dockerfile.read().one("USER")));
		assertThat(Dockerfile.read().arguments("ENTRYPOINT"))
			.anyMatch((argument) -> argument.startsWith("-XX:MaxRAMPercentage="));
	}

	private static Set<Object> names(List<Object> entries) {
		return entries.stream()
			.map((entry) -> Tree.map(entry).get("name"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<Object> names(List<Object> volumes, Manifest workload) {
		Set<Object> names = names(volumes);
		workload.list("spec.volumeClaimTemplates").forEach((claim) -> names.add(Tree.at(claim, "metadata.name")));
		return names;
	}

	private static Manifest server(Kustomization overlay) {
		return Overlays.find(overlay, "Deployment", "latchkey");
	}

	/**
	 * The migration Job and the Deployment of the service.
	 */
	private static List<Manifest> latchkeyWorkloads(Kustomization overlay) {
		return List.of(Overlays.find(overlay, "Job", "latchkey-migration"), server(overlay));
	}

}
