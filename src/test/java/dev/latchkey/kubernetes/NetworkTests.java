package dev.latchkey.kubernetes;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.latchkey.mail.MailProperties;
import dev.latchkey.testing.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The network policies allow only the traffic that is needed.
 */
@ServiceTest
class NetworkTests {

	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void trafficIsDeniedByDefault(Kustomization overlay) {
		Manifest deny = Overlays.find(overlay, "NetworkPolicy", "default-deny");
		assertThat(deny.map("spec"))
			.isEqualTo(Map.of("podSelector", Map.of(), "policyTypes", List.of("Ingress", "Egress")));
	}

	@Test
	void onlyTheProxyAndMonitoringReachAReplica() {
		assertThat(allowed(Overlays.PRODUCTION, "Deployment/latchkey", "ingress", "from"))
			.containsExactlyInAnyOrder("gateway-system http", "monitoring management");
		assertThat(allowed(Overlays.ALTERNATIVES, "Deployment/latchkey", "ingress", "from"))
			.containsExactlyInAnyOrder("gateway-system http", "ingress-nginx http", "monitoring management");
		assertThat(allowed(Overlays.DEV, "Deployment/latchkey", "ingress", "from")).isEmpty();
	}

	@Test
	void aReplicaReachesDnsItsDatabaseAndTheMailServer() {
		assertThat(allowed(Overlays.PRODUCTION, "Deployment/latchkey", "egress", "to")).containsExactlyInAnyOrder(
				"kube-system/kube-dns 53", "latchkey-database 5432", "anywhere 587", "anywhere 465");
		assertThat(allowed(Overlays.DEV, "Deployment/latchkey", "egress", "to")).containsExactlyInAnyOrder(
				"kube-system/kube-dns 53", "latchkey-database 5432", "mailbox 1025", "anywhere 587", "anywhere 465");
		assertThat(allowed(Overlays.ALTERNATIVES, "Deployment/latchkey", "egress", "to"))
			.contains("observability 4318");
	}

	@Test
	void theTraceCollectorIsAllowed() {
		URI collector = URI.create((String) Overlays.settings(Overlays.ALTERNATIVES)
			.get("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT"));
		assertThat(collector.getHost()).endsWith(".observability");
		assertThat(allowed(Overlays.ALTERNATIVES, "Deployment/latchkey", "egress", "to"))
			.contains("observability " + collector.getPort());
		assertThat(Overlays.settings(Overlays.PRODUCTION).keySet()).noneMatch((name) -> name.contains("TRACING"));
	}

	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void theMigrationReachesOnlyDnsAndTheDatabase(Kustomization overlay) {
		assertThat(allowed(overlay, "Job/latchkey-migration", "egress", "to"))
			.containsExactlyInAnyOrder("kube-system/kube-dns 53", "latchkey-database 5432");
		assertThat(allowed(overlay, "Job/latchkey-migration", "ingress", "from")).isEmpty();
	}

	/**
	 * The policies allow what the settings contain, and the Service of the database
	 * exists.
	 */
	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void theDatabaseAndTheMailServerInTheSettingsAreAllowed(Kustomization overlay) {
		Map<String, Object> settings = Overlays.settings(overlay);
		URI database = URI.create((String) settings.get("LATCHKEY_DATABASE_URL"));
		Set<String> allowed = allowed(overlay, "Deployment/latchkey", "egress", "to");
		assertThat(allowed).contains("latchkey-database " + database.getPort());
		Object mailPort = settings.getOrDefault("LATCHKEY_MAIL_PORT",
				ApplicationSettings.defaults(MailProperties.class).port());
		assertThat(allowed).anyMatch((traffic) -> traffic.endsWith(" " + mailPort));
		boolean exists = overlay.objects()
			.stream()
			.anyMatch((object) -> (object.kind().equals("Cluster") && database.getHost().equals(object.name() + "-rw"))
					|| (object.kind().equals("Service") && database.getHost().equals(object.name())));
		assertThat(exists).as(database.getHost()).isTrue();
	}

	/**
	 * The allowed traffic of the pods of a workload, each as a peer and a port.
	 */
	private static Set<String> allowed(Kustomization overlay, String workload, String direction, String peers) {
		Manifest pods = overlay.objects()
			.stream()
			.filter((object) -> object.id().equals(workload))
			.findFirst()
			.orElseThrow();
		Map<String, Object> labels = pods.map("spec.template.metadata.labels");
		Set<String> allowed = new TreeSet<>();
		for (Manifest policy : overlay.objects()) {
			if (policy.kind().equals("NetworkPolicy")
					&& labels.entrySet().containsAll(selector(policy.map("spec.podSelector")).entrySet())) {
				policy.list("spec." + direction).forEach((rule) -> allowed.addAll(traffic(rule, peers)));
			}
		}
		return allowed;
	}

	private static List<String> traffic(Map<String, Object> rule, String peers) {
		List<String> traffic = new ArrayList<>();
		List<Object> allPeers = Tree.list(rule.getOrDefault(peers, List.of(Map.of())));
		for (Object peer : allPeers) {
			for (Object port : Tree.list(rule.get("ports"))) {
				traffic.add(name(Tree.map(peer)) + " " + Tree.map(port).get("port"));
			}
		}
		return traffic;
	}

	private static String name(Map<String, Object> peer) {
		List<String> names = new ArrayList<>();
		for (String kind : List.of("namespaceSelector", "podSelector")) {
			if (peer.get(kind) != null) {
				selector(Tree.map(peer.get(kind))).values().forEach((value) -> names.add(String.valueOf(value)));
			}
		}
		return names.isEmpty() ? "anywhere" : String.join("/", names);
	}

	private static Map<String, Object> selector(Map<String, Object> selector) {
		return Tree.map(selector.getOrDefault("matchLabels", Map.of()));
	}

}
