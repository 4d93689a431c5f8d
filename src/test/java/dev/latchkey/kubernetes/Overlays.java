package dev.latchkey.kubernetes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rendered overlays, which together include every component.
 */
final class Overlays {

	static final Path ROOT = Path.of("k8s");

	static final Kustomization DEV = Kustomization.of(ROOT.resolve("overlays/dev"));

	static final Kustomization PRODUCTION = Kustomization.of(ROOT.resolve("overlays/production"));

	/** Production with the components that it does not use. */
	static final Kustomization ALTERNATIVES = Kustomization.of(ROOT.resolve("overlays/production"),
			ROOT.resolve("components/ingress-nginx"), ROOT.resolve("components/telemetry"));

	private Overlays() {
	}

	static Stream<Kustomization> all() {
		return Stream.of(DEV, PRODUCTION, ALTERNATIVES);
	}

	static Manifest find(Kustomization overlay, String kind, String name) {
		return overlay.objects()
			.stream()
			.filter((object) -> object.id().equals(kind + "/" + name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no " + kind + " " + name));
	}

	/**
	 * The settings in the ConfigMap of all pods of Latchkey.
	 */
	static Map<String, Object> settings(Kustomization overlay) {
		return overlay.objects()
			.stream()
			.filter((object) -> object.kind().equals("ConfigMap") && object.name().matches("latchkey-[a-z0-9]{10}"))
			.findFirst()
			.orElseThrow()
			.map("data");
	}

	static List<Manifest> workloads(Kustomization overlay) {
		return overlay.objects().stream().filter(Manifest::isWorkload).toList();
	}

}
