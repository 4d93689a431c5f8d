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
 * Every manifest has only fields that Kubernetes or an operator knows.
 */
class ManifestTests {

	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void haveOnlyKnownFieldsAndAllRequiredOnes(Kustomization overlay) {
		assertThat(overlay.objects()).hasSizeGreaterThan(10)
			.allSatisfy((object) -> assertThat(errors(object)).isEmpty());
	}

	@Test
	void areUsedByAnOverlayOrAComponent() throws IOException {
		try (Stream<Path> files = Files.walk(Overlays.ROOT)) {
			assertThat(files.filter(Files::isRegularFile)
				.filter((file) -> !file.endsWith("metrics.txt"))
				.map(Path::normalize)
				.filter((file) -> Overlays.all().noneMatch((overlay) -> overlay.files().contains(file)))).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("dev.latchkey.kubernetes.Overlays#all")
	void containNoSecrets(Kustomization overlay) {
		assertThat(overlay.objects()).noneMatch((object) -> object.kind().equals("Secret"));
		assertThat(Overlays.settings(overlay).keySet())
			.noneMatch((name) -> name.matches(".*_(PASSWORD|KEYS?|SECRETS?)"));
	}

	/**
	 * The checks find errors.
	 */
	@Nested
	class Checks {

		@ParameterizedTest
		@CsvSource(delimiter = '|',
				textBlock = """
						containers: [{name: a, imagee: b}]                      | .containers[].imagee is unknown
						containers: [{image: b}]                                | .containers[].name is missing
						containers: [{name: a, ports: [{containerPort: http}]}] | .containers[].ports[].containerPort must be Integer: http
						containers: {name: a}                                   | .containers must be a list
						containers: [{name: a, resources: {limits: {memory: 1GB}}}] | .containers[].resources.limits.memory must be Quantity: 1GB
						containers: [], hostNetwork: maybe                      | .hostNetwork must be Boolean: maybe
						restartPolicy: Never                                    | .containers is missing
						""")
		void findErrorsInKindsOfKubernetes(String pod, String error) {
			assertThat(errors(manifest("""
					apiVersion: apps/v1
					kind: Deployment
					metadata: {name: x}
					spec: {selector: {}, template: {spec: {%s}}}
					""".formatted(pod)))).containsExactly("Deployment/x.spec.template.spec" + error);
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				instances: 3, standby: 2                      | .standby is unknown
				imageName: x                                  | .instances is missing
				instances: three                              | .instances must be integer: three
				instances: 3, postgresql: {parameters: {a: 1}} | .postgresql.parameters.a must be string: 1
				instances: 3, storage: {size: 3GB}            | .storage.size must be quantity: 3GB
				""")
		void findErrorsInCustomResources(String spec, String error) {
			assertThat(errors(manifest("""
					apiVersion: postgresql.cnpg.io/v1
					kind: Cluster
					metadata: {name: x}
					spec: {%s}
					""".formatted(spec)))).containsExactly("Cluster/x.spec" + error);
		}

		@Test
		void refuseUnknownKinds() {
			assertThatThrownBy(
					() -> errors(manifest("{apiVersion: apps/v1beta1, kind: Deployment, metadata: {name: x}}")))
				.hasMessage("unknown kind apps/v1beta1 Deployment");
		}

	}

	private static List<String> errors(Manifest object) {
		if (KubernetesModels.supports(object)) {
			return KubernetesModels.errors(object);
		}
		if (!CustomResources.supports(object)) {
			throw new AssertionError("unknown kind " + object.apiVersion() + " " + object.kind());
		}
		return CustomResources.errors(object);
	}

	private static Manifest manifest(String text) {
		Map<String, Object> tree = Tree.documents(text).get(0);
		return new Manifest(tree);
	}

}
