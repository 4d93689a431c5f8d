package dev.latchkey.kubernetes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A patch of a kustomization: a list of JSON Patch operations (RFC 6902), or a fragment
 * for a strategic merge.
 *
 * @param content the operations or the fragment
 * @param target selects the objects; null for the object that the fragment names
 */
record Patch(Object content, @Nullable Map<String, Object> target) {

	/** The lists whose entries are merged by a key; other lists are replaced. */
	private static final Map<String, String> MERGE_KEYS = Map.of("containers", "name", "initContainers", "name", "env",
			"name", "volumes", "name", "volumeMounts", "mountPath", "ports", "containerPort");

	static Patch of(Map<String, Object> entry, Path folder) throws java.io.IOException {
		Tree.requireKnownKeys(entry, Set.of("path", "patch", "target"), "patches in " + folder);
		Object path = entry.get("path");
		String text = (path != null) ? Files.readString(folder.resolve((String) path)) : Tree.text(entry, "patch");
		Object target = entry.get("target");
		if (target != null) {
			Tree.requireKnownKeys(Tree.map(target), Set.of("kind", "name", "labelSelector"),
					"a patch's target in " + folder);
		}
		return new Patch(Tree.value(text), (target != null) ? Tree.map(target) : null);
	}

	/**
	 * Applies the patch to the objects that match.
	 * @throws AssertionError if none matches
	 */
	void apply(List<Manifest> objects) {
		List<Manifest> matching = objects.stream().filter(this::matches).toList();
		if (matching.isEmpty()) {
			throw new AssertionError("no object matches the patch " + this);
		}
		matching.forEach((object) -> apply(object.tree()));
	}

	private boolean matches(Manifest object) {
		if (this.target == null) {
			Manifest fragment = new Manifest(Tree.map(this.content));
			return object.id().equals(fragment.id()) && object.apiVersion().equals(fragment.apiVersion());
		}
		Object kind = this.target.get("kind");
		Object name = this.target.get("name");
		Object label = this.target.get("labelSelector");
		return (kind == null || object.kind().matches((String) kind))
				&& (name == null || object.name().matches((String) name))
				&& (label == null || isLabelled(object, ((String) label).split("=", -1)));
	}

	private static boolean isLabelled(Manifest object, String[] label) {
		return object.at("metadata.labels") instanceof Map<?, ?> labels && label[1].equals(labels.get(label[0]));
	}

	private void apply(Map<String, Object> object) {
		if (this.content instanceof List<?> operations) {
			operations.forEach((operation) -> applyOperation(object, Tree.map(operation)));
		}
		else {
			merge(object, Tree.map(this.content));
		}
	}

	private static void merge(Map<String, Object> into, Map<String, Object> fragment) {
		fragment.forEach((name, value) -> {
			Object present = into.get(name);
			if (name.startsWith("$") || value == null) {
				throw new AssertionError("not supported: " + name + ": " + value);
			}
			if (value instanceof Map && present instanceof Map) {
				merge(Tree.map(present), Tree.map(value));
			}
			else if (value instanceof List && present instanceof List && MERGE_KEYS.containsKey(name)) {
				mergeEntries(Tree.list(present), Tree.list(value), MERGE_KEYS.get(name));
			}
			else {
				into.put(name, Tree.copy(value));
			}
		});
	}

	private static void mergeEntries(List<Object> into, List<Object> fragments, String key) {
		for (Object fragment : fragments) {
			Object id = Tree.required(fragment, key);
			into.stream()
				.map(Tree::map)
				.filter((entry) -> id.equals(entry.get(key)))
				.findFirst()
				.ifPresentOrElse((entry) -> merge(entry, Tree.map(fragment)), () -> into.add(Tree.copy(fragment)));
		}
	}

	private static void applyOperation(Map<String, Object> object, Map<String, Object> operation) {
		Tree.requireKnownKeys(operation, Set.of("op", "path", "value"), "an operation");
		List<String> steps = new ArrayList<>();
		for (String step : Tree.text(operation, "path").substring(1).split("/", -1)) {
			steps.add(step.replace("~1", "/").replace("~0", "~"));
		}
		String last = steps.remove(steps.size() - 1);
		Object parent = object;
		for (String step : steps) {
			parent = Tree.required(parent, step);
		}
		switch (Tree.text(operation, "op")) {
			case "add" -> add(parent, last, Tree.copy(operation.get("value")));
			case "remove" -> remove(parent, last);
			default -> throw new AssertionError("not supported: " + operation);
		}
	}

	private static void add(Object parent, String name, Object value) {
		if (parent instanceof List && name.equals("-")) {
			Tree.list(parent).add(value);
		}
		else {
			Tree.map(parent).put(name, value);
		}
	}

	private static void remove(Object parent, String name) {
		if (Tree.map(parent).remove(name) == null) {
			throw new AssertionError("nothing to remove at " + name);
		}
	}

}
