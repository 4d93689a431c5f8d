package dev.latchkey.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes object as a tree of maps and lists.
 */
record Manifest(Map<String, Object> tree) {

	String apiVersion() {
		return text("apiVersion");
	}

	String kind() {
		return text("kind");
	}

	String name() {
		return text("metadata.name");
	}

	/**
	 * The kind and the name, as {@code Kind/name}.
	 */
	String id() {
		return kind() + "/" + name();
	}

	@Nullable Object at(String path) {
		return Tree.at(this.tree, path);
	}

	String text(String path) {
		return Tree.text(this.tree, path);
	}

	int number(String path) {
		return (Integer) Tree.required(this.tree, path);
	}

	Map<String, Object> map(String path) {
		return Tree.map(Tree.required(this.tree, path));
	}

	List<Map<String, Object>> list(String path) {
		Object value = at(path);
		return (value != null) ? Tree.list(value).stream().map(Tree::map).toList() : List.of();
	}

	/**
	 * Whether the object creates pods.
	 */
	boolean isWorkload() {
		return List.of("Deployment", "StatefulSet", "Job").contains(kind());
	}

	/**
	 * The containers and init containers of the pods.
	 */
	Stream<Map<String, Object>> containers() {
		return Stream.of("spec.template.spec.initContainers", "spec.template.spec.containers")
			.flatMap((path) -> list(path).stream());
	}

}
