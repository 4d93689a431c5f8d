package dev.latchkey.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * {@link Kustomization} renders the overlays as kubectl does.
 */
class RenderingTests {

	@TempDir
	Path folder;

	/**
	 * Skipped without a kubectl with Kustomize 5. Debian's kubectl does not support
	 * components.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "dev", "production" })
	void kubectlRendersTheSame(String overlay) throws Exception {
		Assumptions.assumeTrue(kubectl("version", "--client").contains("Kustomize Version: v5"), "no kubectl");
		Map<String, Object> expected = new TreeMap<>();
		Tree.documents(kubectl("kustomize", "k8s/overlays/" + overlay))
			.forEach((tree) -> expected.put(new Manifest(tree).id(), tree));
		Map<String, Object> rendered = new TreeMap<>();
		Kustomization.of(Overlays.ROOT.resolve("overlays/" + overlay))
			.objects()
			.forEach((object) -> rendered.put(object.id(), object.tree()));
		assertThat(rendered.keySet()).isEqualTo(expected.keySet());
		rendered.forEach((id, object) -> assertThat(object).as(id).isEqualTo(expected.get(id)));
	}

	@Test
	void theNameOfAGeneratedConfigMapChangesWithItsContent() throws IOException {
		write("kustomization.yaml", """
				kind: Kustomization
				resources: [namespace.yaml]
				configMapGenerator: [{name: settings, literals: [A=%s]}]""");
		write("namespace.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: x}}");
		assertThat(generated("b")).isNotEqualTo(generated("c")).isEqualTo(generated("b"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "namePrefix: x-", "patches: [{path: nothing.yaml, options: {}}]",
			"images: [{name: latchkey, digest: x}]", "configMapGenerator: [{name: a, envs: [b]}]",
			"configMapGenerator: [{name: a, behavior: merge, literals: [b=c]}]", "resources: [a.yaml, a.yaml]",
			"patches: [{patch: '[{op: remove, path: /x}]', target: {kind: Deployment}}]" })
	void anUnsupportedFieldIsAnError(String line) throws IOException {
		write("a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}");
		write("kustomization.yaml", "kind: Kustomization\n" + line);
		assertThatThrownBy(() -> Kustomization.of(this.folder)).isInstanceOf(AssertionError.class);
	}

	private String generated(String value) throws IOException {
		Path copy = Files.createTempDirectory(this.folder, "copy");
		for (String file : new String[] { "kustomization.yaml", "namespace.yaml" }) {
			Files.writeString(copy.resolve(file), Files.readString(this.folder.resolve(file)).replace("%s", value));
		}
		return Kustomization.of(copy).objects().get(1).name();
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.folder.resolve(name), text);
	}

	private String kubectl(String... arguments) throws IOException, InterruptedException {
		Path output = Files.createTempFile(this.folder, "kubectl", "");
		String[] command = new String[arguments.length + 1];
		command[0] = "kubectl";
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		try {
			Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(1, TimeUnit.MINUTES) ? Files.readString(output) : "";
		}
		catch (IOException ex) {
			// kubectl is not installed.
			return "";
		}
	}

}
