package dev.latchkey.kubernetes;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.google.gson.annotations.SerializedName;

/**
 * Checks objects against the models of the Kubernetes Java client, which are generated
 * from the description of the API: no field is unknown, no required field is missing, and
 * each value has the right type.
 */
final class KubernetesModels {

	private static final String MODELS = "io.kubernetes.client.openapi.models.";

	/** The supported kinds, with their API version and the name of their model. */
	private static final Map<String, String> KINDS = Map.ofEntries(Map.entry("v1 Namespace", "V1Namespace"),
			Map.entry("v1 ServiceAccount", "V1ServiceAccount"), Map.entry("v1 ConfigMap", "V1ConfigMap"),
			Map.entry("v1 Service", "V1Service"), Map.entry("apps/v1 Deployment", "V1Deployment"),
			Map.entry("apps/v1 StatefulSet", "V1StatefulSet"), Map.entry("batch/v1 Job", "V1Job"),
			Map.entry("networking.k8s.io/v1 NetworkPolicy", "V1NetworkPolicy"),
			Map.entry("networking.k8s.io/v1 Ingress", "V1Ingress"),
			Map.entry("policy/v1 PodDisruptionBudget", "V1PodDisruptionBudget"),
			Map.entry("autoscaling/v2 HorizontalPodAutoscaler", "V2HorizontalPodAutoscaler"));

	private final List<String> errors = new ArrayList<>();

	private KubernetesModels() {
	}

	static boolean supports(Manifest object) {
		return KINDS.containsKey(object.apiVersion() + " " + object.kind());
	}

	/**
	 * All errors in an object, each with its path.
	 */
	static List<String> errors(Manifest object) {
		KubernetesModels models = new KubernetesModels();
		models.check(object.tree(), model(KINDS.getOrDefault(object.apiVersion() + " " + object.kind(), "")),
				object.id());
		return models.errors;
	}

	private static Class<?> model(String name) {
		try {
			return Class.forName(MODELS + name);
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError("no model " + name, ex);
		}
	}

	private void check(Object value, Type type, String path) {
		if (type instanceof ParameterizedType generic) {
			Type[] arguments = generic.getActualTypeArguments();
			if (generic.getRawType() == Map.class) {
				entries(value, path).forEach((name, inner) -> check(inner, arguments[1], path + "." + name));
			}
			else if (value instanceof List<?> list) {
				list.forEach((inner) -> check(inner, arguments[0], path + "[]"));
			}
			else {
				this.errors.add(path + " must be a list");
			}
		}
		else if (type instanceof Class<?> model && model.getName().startsWith(MODELS)) {
			fields(entries(value, path), model, path);
		}
		else if (!isA(value, ((Class<?>) type).getSimpleName())) {
			this.errors.add(path + " must be " + ((Class<?>) type).getSimpleName() + ": " + value);
		}
	}

	private Map<String, Object> entries(Object value, String path) {
		if (value instanceof Map) {
			return Tree.map(value);
		}
		this.errors.add(path + " must be a map");
		return Map.of();
	}

	private void fields(Map<String, Object> value, Class<?> model, String path) {
		Map<String, Type> known = known(model);
		value.forEach((name, inner) -> {
			if (known.containsKey(name)) {
				check(inner, known.get(name), path + "." + name);
			}
			else {
				this.errors.add(path + "." + name + " is unknown");
			}
		});
		Set<String> missing = required(model);
		missing.removeAll(value.keySet());
		missing.forEach((name) -> this.errors.add(path + "." + name + " is missing"));
	}

	private static Map<String, Type> known(Class<?> model) {
		Map<String, Type> known = new TreeMap<>();
		for (Field field : model.getDeclaredFields()) {
			for (Annotation annotation : field.getAnnotations()) {
				if (annotation instanceof SerializedName named) {
					known.put(named.value(), field.getGenericType());
				}
			}
		}
		return known;
	}

	private static Set<String> required(Class<?> model) {
		try {
			Set<String> required = new TreeSet<>();
			for (Object name : (Set<?>) model.getField("openapiRequiredFields").get(null)) {
				required.add((String) name);
			}
			return required;
		}
		catch (ReflectiveOperationException ex) {
			throw new LinkageError(model + " is not a model", ex);
		}
	}

	private static boolean isA(Object value, String type) {
		return switch (type) {
			case "String" -> value instanceof String;
			case "Integer", "Long" -> value instanceof Integer;
			case "Boolean" -> value instanceof Boolean;
			case "IntOrString" -> value instanceof Integer || value instanceof String;
			case "Quantity" -> String.valueOf(value).matches("\\d+(\\.\\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?");
			default -> throw new AssertionError("unsupported type " + type);
		};
	}

}
