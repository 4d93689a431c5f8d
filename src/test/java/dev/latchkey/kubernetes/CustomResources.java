package dev.latchkey.kubernetes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks custom resources against the list of their fields in custom-resources.yaml, as
 * strictly as {@link KubernetesModels}.
 */
final class CustomResources {

	private static final Map<String, Object> KINDS = Tree
		.documents(Path.of("src/test/resources/kubernetes/custom-resources.yaml"))
		.get(0);

	private final List<String> errors = new ArrayList<>();

	private CustomResources() {
	}

	static boolean supports(Manifest object) {
		return KINDS.containsKey(object.apiVersion() + " " + object.kind());
	}

	static List<String> errors(Manifest object) {
		CustomResources resources = new CustomResources();
		Map<String, Object> spec = Tree.map(KINDS.get(object.apiVersion() + " " + object.kind()));
		resources.check(object.tree(), Map.of("apiVersion!", "string", "kind!", "string", "metadata!",
				Map.of("name!", "string", "namespace", "string", "labels", Map.of("*", "string")), "spec!", spec),
				object.id());
		return resources.errors;
	}

	private void check(Object value, Object type, String path) {
		if (type instanceof Map) {
			if (value instanceof Map) {
				fields(Tree.map(value), Tree.map(type), path);
			}
			else {
				this.errors.add(path + " must be a map");
			}
		}
		else if (type instanceof List<?> entry) {
			if (value instanceof List<?> list) {
				list.forEach((inner) -> check(inner, entry.get(0), path + "[]"));
			}
			else {
				this.errors.add(path + " must be a list");
			}
		}
		else if (!isA(value, (String) type)) {
			this.errors.add(path + " must be " + type + ": " + value);
		}
	}

	private void fields(Map<String, Object> value, Map<String, Object> types, String path) {
		value.forEach((name, inner) -> {
			Object type = types.getOrDefault(name, types.getOrDefault(name + "!", types.get("*")));
			if (type != null) {
				check(inner, type, path + "." + name);
			}
			else {
				this.errors.add(path + "." + name + " is unknown");
			}
		});
		types.keySet()
			.stream()
			.filter((name) -> name.endsWith("!") && !value.containsKey(name.substring(0, name.length() - 1)))
			.forEach((name) -> this.errors.add(path + "." + name.substring(0, name.length() - 1) + " is missing"));
	}

	private static boolean isA(Object value, String type) {
		return switch (type) {
			case "string" -> value instanceof String;
			case "integer" -> value instanceof Integer;
			case "boolean" -> value instanceof Boolean;
			case "duration" -> value instanceof String text && text.matches("\\d+(ms|s|m|h)");
			case "quantity" -> value instanceof String text && text.matches("\\d+(m|Ki|Mi|Gi|Ti)?");
			default -> List.of(type.split("\\|")).contains(value);
		};
	}

}
