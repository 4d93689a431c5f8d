package dev.latchkey.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Every manifest says what Kubernetes understands, and nothing else.
 */
class ManifestTests {

	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void haveNoUnknownFieldAndMissNoneThatIsRequired(Kustomization overlay) {
		assertThat(overlay.objects()).hasSizeGreaterThan(10)
			.allSatisfy((object) -> assertThat(faults(object)).isEmpty());
	}

	@Test
	void arePartOfAnOverlayOrAComponent() throws IOException {
		try (Stream<Path> files = Files.walk(Overlays.ROOT)) {
			assertThat(files.filter(Files::isRegularFile)
				.filter((file) -> !file.endsWith("metrics.txt"))
				.map(Path::normalize)
				.filter((file) -> Overlays.all().noneMatch((overlay) -> overlay.files().contains(file)))).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void carryNoSecret(Kustomization overlay) {
		assertThat(overlay.objects()).noneMatch((object) -> object.kind().equals("Secret"));
		assertThat(Overlays.settings(overlay).keySet())
			.noneMatch((name) -> name.matches(".*_(PASSWORD|KEYS?|SECRETS?)"));
	}

	/**
	 * The checks themselves.
	 */
	@Nested
	class Faults {

		@ParameterizedTest
		@CsvSource(delimiter = '|',
				textBlock = """
						containers: [{name: a, imagee: b}]                      | .containers[].imagee is unknown
						containers: [{image: b}]                                | .containers[].name is missing
						containers: [{name: a, ports: [{containerPort: http}]}] | .containers[].ports[].containerPort is no Integer: http
						containers: {name: a}                                   | .containers is no list
						containers: [{name: a, resources: {limits: {memory: 1GB}}}] | .containers[].resources.limits.memory is no Quantity: 1GB
						containers: [], hostNetwork: maybe                      | .hostNetwork is no Boolean: maybe
						restartPolicy: Never                                    | .containers is missing
						""")
		void ofKubernetesOwnKindsAreFound(String pod, String fault) {
			assertThat(faults(manifest("""
					apiVersion: apps/v1
					kind: Deployment
					metadata: {name: x}
					spec: {selector: {}, template: {spec: {%s}}}
					""".formatted(pod)))).containsExactly("Deployment/x.spec.template.spec" + fault);
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				instances: 3, standby: 2                      | .standby is unknown
				imageName: x                                  | .instances is missing
				instances: three                              | .instances is no integer: three
				instances: 3, postgresql: {parameters: {a: 1}} | .postgresql.parameters.a is no string: 1
				instances: 3, storage: {size: 3GB}            | .storage.size is no quantity: 3GB
				""")
		void ofOtherKindsAreFound(String spec, String fault) {
			assertThat(faults(manifest("""
					apiVersion: postgresql.cnpg.io/v1
					kind: Cluster
					metadata: {name: x}
					spec: {%s}
					""".formatted(spec)))).containsExactly("Cluster/x.spec" + fault);
		}

		@Test
		void areKindsThatNobodyKnows() {
			assertThatThrownBy(
					() -> faults(manifest("{apiVersion: apps/v1beta1, kind: Deployment, metadata: {name: x}}")))
				.hasMessage("nobody knows apps/v1beta1 Deployment");
		}

	}

	private static List<String> faults(Manifest object) {
		if (KubernetesModels.know(object)) {
			return KubernetesModels.faults(object);
		}
		if (!CustomResources.know(object)) {
			throw new AssertionError("nobody knows " + object.apiVersion() + " " + object.kind());
		}
		return CustomResources.faults(object);
	}

	private static Manifest manifest(String text) {
		Map<String, Object> tree = Tree.documents(text).get(0);
		return new Manifest(tree);
	}

}
