package dev.latchkey.kubernetes;

import java.time.Duration;
import java.util.Map;

import dev.latchkey.shutdown.ShutdownProperties;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A release, a node drain and a shutdown cost no request: there are enough replicas, time
 * and connections.
 */
@ServiceTest
class RolloutTests {

	@Test
	void productionKeepsItsReplicasInARolloutAndADrain() {
		Manifest server = server(Overlays.PRODUCTION);
		assertThat(server.at("spec.strategy.rollingUpdate")).isEqualTo(Map.of("maxSurge", 1, "maxUnavailable", 0));
		Manifest autoscaler = Overlays.find(Overlays.PRODUCTION, "HorizontalPodAutoscaler", "latchkey");
		assertThat(server.at("spec.replicas")).isNull();
		assertThat(autoscaler.number("spec.minReplicas")).isEqualTo(3);
		assertThat(autoscaler.text("spec.scaleTargetRef.kind") + "/" + autoscaler.text("spec.scaleTargetRef.name"))
			.isEqualTo(server.id());
		Manifest budget = Overlays.find(Overlays.PRODUCTION, "PodDisruptionBudget", "latchkey");
		assertThat(budget.number("spec.minAvailable")).isEqualTo(2).isLessThan(autoscaler.number("spec.minReplicas"));
		assertThat(budget.map("spec.selector.matchLabels")).isEqualTo(server.map("spec.selector.matchLabels"));
		assertThat(server.list("spec.template.spec.topologySpreadConstraints"))
			.extracting((spread) -> (String) spread.get("topologyKey"))
			.containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
		assertThat(server(Overlays.DEV).number("spec.replicas")).isOne();
	}

	/**
	 * The shutdown timeout starts after the pod's sleep and includes the phases of the
	 * application context at their longest.
	 */
	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void aPodHasEnoughTimeToShutDown(Kustomization overlay) {
		assertThat(ApplicationSettings.text("server.shutdown")).isEqualTo("graceful");
		Duration phase = DurationStyle
			.detectAndParse(ApplicationSettings.text("spring.lifecycle.timeout-per-shutdown-phase"));
		int sleep = server(overlay).number("spec.template.spec.containers.0.lifecycle.preStop.sleep.seconds");
		assertThat(phase.multipliedBy(Phases.COUNT)).isLessThanOrEqualTo(ShutdownProperties.RESERVE);
		Duration timeout = ApplicationSettings.defaults(ShutdownProperties.class).timeout();
		assertThat(timeout).isLessThan(Duration.ofSeconds(10));
		Duration longest = timeout.plusSeconds(sleep);
		assertThat(server(overlay).number("spec.template.spec.terminationGracePeriodSeconds"))
			.isGreaterThan((int) longest.toSeconds());
	}

	@Test
	void theDatabaseHasEnoughConnectionsForAllPoolsDuringARollout() {
		int replicas = Overlays.find(Overlays.PRODUCTION, "HorizontalPodAutoscaler", "latchkey")
			.number("spec.maxReplicas") + server(Overlays.PRODUCTION).number("spec.strategy.rollingUpdate.maxSurge");
		int pool = Integer.parseInt(ApplicationSettings.placeholderDefault("spring.r2dbc.pool.max-size"));
		int listening = 1;
		int migration = 2;
		int others = 20;
		Manifest cluster = Overlays.find(Overlays.PRODUCTION, "Cluster", "latchkey-database");
		assertThat(Integer.parseInt(cluster.text("spec.postgresql.parameters.max_connections")))
			.isGreaterThanOrEqualTo(replicas * (pool + listening) + migration + others);
	}

	private static Manifest server(Kustomization overlay) {
		return Overlays.find(overlay, "Deployment", "latchkey");
	}

	/**
	 * The number of shutdown phases of a running service.
	 */
	private static final class Phases {

		static final long COUNT = count();

		private static long count() {
			try (Service service = Service.on(TestDatabase.create())
				.set("management.server.port", Integer.toString(Service.freePort()))
				.start()) {
				return service.beans(SmartLifecycle.class)
					.stream()
					.mapToInt(SmartLifecycle::getPhase)
					.distinct()
					.count();
			}
		}

	}

}
