package dev.latchkey.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Renders an overlay as {@code kubectl kustomize} does, with the features that the
 * overlays use. An unknown field is an error, so that nothing is silently ignored.
 */
final class Kustomization {

	private static final Set<String> FIELDS = Set.of("apiVersion", "kind", "resources", "components", "namespace",
			"images", "replicas", "configMapGenerator", "patches");

	private final List<Manifest> objects = new ArrayList<>();

	private final Map<String, GeneratedConfigMap> maps = new LinkedHashMap<>();

	private final Set<Path> files = new LinkedHashSet<>();

	private Kustomization() {
	}

	/**
	 * Renders a folder, and further components as if its kustomization contained them.
	 */
	static Kustomization of(Path folder, Path... components) {
		Kustomization kustomization = new Kustomization();
		try {
			kustomization.include(folder.normalize(), "Kustomization");
			for (Path component : components) {
				kustomization.include(component.normalize(), "Component");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return kustomization;
	}

	List<Manifest> objects() {
		List<Manifest> result = new ArrayList<>(this.objects);
		this.maps.values().forEach((map) -> result.add(map.manifest()));
		result.replaceAll((object) -> new Manifest(Tree.map(Tree.copy(object.tree()))));
		this.maps.forEach(
				(name, map) -> result.forEach((object) -> replaceReferences(object.tree(), name, map.finalName())));
		String namespace = namespace(result);
		result.stream()
			.filter((object) -> !object.kind().equals("Namespace"))
			.forEach((object) -> object.map("metadata").put("namespace", namespace));
		return result;
	}

	/**
	 * The files that were read.
	 */
	Set<Path> files() {
		return this.files;
	}

	private static String namespace(List<Manifest> objects) {
		return objects.stream().filter((object) -> object.kind().equals("Namespace")).findFirst().orElseThrow().name();
	}

	private void include(Path folder, String kind) throws IOException {
		Path file = folder.resolve("kustomization.yaml");
		this.files.add(file);
		Map<String, Object> content = Tree.documents(file).get(0);
		Tree.requireKnownKeys(content, FIELDS, file.toString());
		if (!kind.equals(content.get("kind"))) {
			throw new AssertionError(file + " is not a " + kind);
		}
		for (Object resource : entries(content, "resources")) {
			includeResource(folder.resolve((String) resource).normalize());
		}
		for (Object component : entries(content, "components")) {
			include(folder.resolve((String) component).normalize(), "Component");
		}
		for (Object generator : entries(content, "configMapGenerator")) {
			addFiles(folder, Tree.map(generator), "files");
			GeneratedConfigMap.generate(Tree.map(generator), folder, this.maps);
		}
		for (Object patch : entries(content, "patches")) {
			if (Tree.map(patch).get("path") instanceof String path) {
				this.files.add(folder.resolve(path));
			}
			Patch.of(Tree.map(patch), folder).apply(this.objects);
		}
		transform(content, file);
	}

	private void includeResource(Path path) throws IOException {
		if (Files.isDirectory(path)) {
			include(path, "Kustomization");
			return;
		}
		this.files.add(path);
		Tree.documents(path).forEach((tree) -> add(new Manifest(Tree.map(Tree.copy(tree)))));
	}

	private void add(Manifest object) {
		if (this.objects.stream().anyMatch((other) -> other.id().equals(object.id()))) {
			throw new AssertionError("duplicate: " + object.id());
		}
		this.objects.add(object);
	}

	private void addFiles(Path folder, Map<String, Object> entry, String field) {
		entries(entry, field).forEach((file) -> this.files.add(folder.resolve((String) file)));
	}

	private void transform(Map<String, Object> content, Path file) {
		if (content.get("namespace") instanceof String namespace) {
			this.objects.stream()
				.filter((object) -> object.kind().equals("Namespace"))
				.forEach((object) -> object.map("metadata").put("name", namespace));
		}
		for (Object entry : entries(content, "images")) {
			Tree.requireKnownKeys(Tree.map(entry), Set.of("name", "newName", "newTag"), "images in " + file);
			this.objects.stream()
				.filter(Manifest::isWorkload)
				.flatMap(Manifest::containers)
				.forEach((container) -> replaceImage(container, Tree.map(entry)));
		}
		for (Object entry : entries(content, "replicas")) {
			Tree.requireKnownKeys(Tree.map(entry), Set.of("name", "count"), "replicas in " + file);
			this.objects.stream()
				.filter((object) -> List.of("Deployment", "StatefulSet").contains(object.kind()))
				.filter((object) -> object.name().equals(Tree.map(entry).get("name")))
				.forEach((object) -> object.map("spec").put("replicas", Tree.map(entry).get("count")));
		}
	}

	private static void replaceImage(Map<String, Object> container, Map<String, Object> entry) {
		if (Tree.text(entry, "name").equals(container.get("image"))) {
			container.put("image", entry.getOrDefault("newName", entry.get("name")) + ":" + entry.get("newTag"));
		}
	}

	/**
	 * Replaces the name of a ConfigMap in all references to it.
	 */
	private static void replaceReferences(Object value, String name, String newName) {
		if (value instanceof List<?> list) {
			list.forEach((inner) -> replaceReferences(inner, name, newName));
		}
		else if (value instanceof Map<?, ?> map) {
			map.forEach((field, inner) -> {
				boolean isReference = Set.of("configMapRef", "configMapKeyRef", "configMap").contains(field);
				if (isReference && name.equals(Tree.map(inner).get("name"))) {
					Tree.map(inner).put("name", newName);
				}
				replaceReferences(inner, name, newName);
			});
		}
	}

	private static List<Object> entries(Map<String, Object> content, String field) {
		return Tree.list(content.getOrDefault(field, List.of()));
	}

}
