package dev.latchkey.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One object that Kubernetes is given.
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
	 * What it is called in messages.
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
	 * Whether it starts pods.
	 */
	boolean isWorkload() {
		return List.of("Deployment", "StatefulSet", "Job").contains(kind());
	}

	/**
	 * The containers of its pods.
	 */
	Stream<Map<String, Object>> containers() {
		return Stream.of("spec.template.spec.initContainers", "spec.template.spec.containers")
			.flatMap((path) -> list(path).stream());
	}

}
