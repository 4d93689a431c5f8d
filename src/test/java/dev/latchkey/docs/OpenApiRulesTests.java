package dev.latchkey.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Yaml;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API document follows the rules for OpenAPI documents that the standard rule sets of
 * Spectral ({@code spectral:oas}) and Redocly ({@code recommended}) check.
 */
class OpenApiRulesTests {

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

	private static final Pattern TEMPLATE = Pattern.compile("\\{(\\w+)}");

	private static final JsonNode DOCUMENT = read();

	@Test
	void theInformationIsComplete() {
		JsonNode info = DOCUMENT.path("info");
		assertThat(Stream.of("title", "version", "description").map((name) -> info.path(name).asText()))
			.noneMatch(String::isBlank);
		assertThat(info.at("/contact/name").asText()).isNotBlank();
		assertThat(info.at("/license/name").asText()).isNotBlank();
		assertThat(info.at("/license/url").asText()).startsWith("https://");
		assertThat(DOCUMENT.path("servers")).isNotEmpty();
	}

	@Nested
	class Operations {

		@Test
		void haveASummaryAndADescription() {
			assertThat(operations()).allSatisfy((name, operation) -> {
				String summary = operation.path("summary").asText();
				assertThat(summary).isNotBlank().doesNotEndWith(".");
				assertThat(operation.path("description").asText().strip()).isNotEmpty()
					.isNotEqualTo(summary)
					.endsWith(".");
			});
		}

		@Test
		void haveAnIdOfTheirOwn() {
			assertThat(operations().values()).extracting((operation) -> operation.path("operationId").asText())
				.doesNotHaveDuplicates()
				.allMatch((id) -> id.matches("[a-z][A-Za-z]+"));
		}

		@Test
		void haveOneTagThatIsDefined() {
			Set<String> tags = tags();
			assertThat(operations()).allSatisfy((name, operation) -> {
				assertThat(operation.path("tags")).hasSize(1);
				assertThat(tags).contains(operation.at("/tags/0").asText());
			});
		}

		@Test
		void haveASuccessAndAClientError() {
			assertThat(operations()).allSatisfy((name, operation) -> {
				List<String> statuses = names(operation.path("responses"));
				assertThat(statuses).anyMatch((status) -> status.startsWith("2"))
					.anyMatch((status) -> status.startsWith("4"))
					.allMatch((status) -> status.matches("[2-5]\\d\\d"));
			});
		}

		@Test
		void useDefinedSecuritySchemes() {
			List<String> schemes = names(DOCUMENT.at("/components/securitySchemes"));
			assertThat(DOCUMENT.path("security")).isNotEmpty();
			assertThat(Stream.concat(Stream.of(DOCUMENT), operations().values().stream())
				.flatMap((node) -> stream(node.path("security")))
				.flatMap((requirement) -> names(requirement).stream())).isSubsetOf(schemes);
		}

		@Test
		void declareTheParametersOfTheirPathAndNoOthers() {
			assertThat(operations()).allSatisfy((name, operation) -> {
				Set<String> declared = new TreeSet<>();
				for (JsonNode reference : operation.path("parameters")) {
					JsonNode parameter = resolve(reference);
					if (parameter.path("in").asText().equals("path")) {
						assertThat(parameter.path("required").asBoolean()).isTrue();
						declared.add(parameter.path("name").asText());
					}
				}
				assertThat(declared).isEqualTo(TEMPLATE.matcher(name)
					.results()
					.map((variable) -> variable.group(1))
					.collect(Collectors.toSet()));
			});
		}

		@Test
		void haveEachParameterOnce() {
			assertThat(operations()).allSatisfy((name,
					operation) -> assertThat(stream(operation.path("parameters")).map(OpenApiRulesTests::resolve)
						.map((parameter) -> parameter.path("in").asText() + " " + parameter.path("name").asText()))
						.doesNotHaveDuplicates());
		}

		@Test
		void describeEachParameter() {
			assertThat(operations()).allSatisfy(
					(name, operation) -> assertThat(stream(operation.path("parameters")).map(OpenApiRulesTests::resolve)
						.map((parameter) -> parameter.path("description").asText())).noneMatch(String::isBlank));
		}

	}

	@Nested
	class Tags {

		@Test
		void areDefinedOnceAndDescribed() {
			assertThat(DOCUMENT.path("tags")).extracting((tag) -> tag.path("name").asText()).doesNotHaveDuplicates();
			assertThat(DOCUMENT.path("tags")).extracting((tag) -> tag.path("description").asText())
				.noneMatch(String::isBlank);
		}

		@Test
		void areAllUsed() {
			assertThat(operations().values().stream().map((operation) -> operation.at("/tags/0").asText()))
				.containsAll(tags());
		}

	}

	@Nested
	class Paths {

		@Test
		void haveNoTrailingSlashAndNoQuery() {
			assertThat(names(DOCUMENT.path("paths"))).allMatch((path) -> path.matches("/[^?]*[^/?]"));
		}

		/**
		 * A request for a path with a literal segment also matches one that has a
		 * variable there, and the literal wins. This is ambiguous if each of two paths
		 * has such a segment.
		 */
		@Test
		void areNotAmbiguous() {
			List<String> paths = names(DOCUMENT.path("paths"));
			assertThat(paths).allSatisfy((path) -> assertThat(paths).filteredOn((other) -> !other.equals(path))
				.noneMatch((other) -> isAmbiguous(path.split("/", -1), other.split("/", -1))));
		}

		private static boolean isAmbiguous(String[] path, String[] other) {
			if (path.length != other.length) {
				return false;
			}
			boolean moreSpecific = false;
			boolean lessSpecific = false;
			for (int index = 0; index < path.length; index++) {
				boolean variable = path[index].startsWith("{");
				boolean otherVariable = other[index].startsWith("{");
				if (!variable && !otherVariable && !path[index].equals(other[index])) {
					return false;
				}
				moreSpecific |= !variable && otherVariable;
				lessSpecific |= variable && !otherVariable;
			}
			return moreSpecific == lessSpecific;
		}

	}

	@Nested
	class References {

		@Test
		void haveNoSiblings() {
			List<String> withSiblings = new ArrayList<>();
			walk((path, node) -> {
				if (node.has("$ref") && node.size() > 1) {
					withSiblings.add(path);
				}
			});
			assertThat(withSiblings).isEmpty();
		}

		@Test
		void pointToSomething() {
			List<String> broken = new ArrayList<>();
			walk((path, node) -> {
				if (node.has("$ref") && resolve(node).isMissingNode()) {
					broken.add(path);
				}
			});
			assertThat(broken).isEmpty();
		}

		/**
		 * A reference in an extension does not count, because programs do not read it.
		 */
		@Test
		void useEveryComponent() {
			Set<String> used = new HashSet<>();
			Deque<JsonNode> open = new ArrayDeque<>(List.of(DOCUMENT.path("paths")));
			while (!open.isEmpty()) {
				JsonNode node = open.pop();
				String reference = node.path("$ref").asText();
				if (!reference.isEmpty() && used.add(reference)) {
					open.add(resolve(node));
				}
				node.properties()
					.stream()
					.filter((child) -> !child.getKey().startsWith("x-"))
					.forEach((child) -> open.add(child.getValue()));
				if (node.isArray()) {
					node.forEach(open::add);
				}
			}
			assertThat(components()).allMatch(used::contains);
		}

		private static List<String> components() {
			return names(DOCUMENT.path("components")).stream()
				.filter((kind) -> !kind.equals("securitySchemes"))
				.flatMap((kind) -> names(DOCUMENT.path("components").path(kind)).stream()
					.map((name) -> "#/components/" + kind + "/" + name))
				.toList();
		}

	}

	@Nested
	class Schemas {

		@Test
		void ofArraysHaveItems() {
			assertThat(pathsWhere((node) -> node.path("type").asText().equals("array") && !node.has("items")))
				.isEmpty();
		}

		@Test
		void defineTheirRequiredProperties() {
			assertThat(pathsWhere((node) -> node.path("required").isArray()
					&& !stream(node.path("required")).allMatch((name) -> node.path("properties").has(name.asText()))))
				.isEmpty();
		}

		@Test
		void haveDistinctValuesOfTheirType() {
			assertThat(pathsWhere((node) -> node.path("enum").isArray() && !isValidEnum(node))).isEmpty();
		}

		private static boolean isValidEnum(JsonNode schema) {
			Set<JsonNode> values = stream(schema.path("enum")).collect(Collectors.toSet());
			boolean numbers = schema.path("type").asText().equals("integer");
			return values.size() == schema.path("enum").size()
					&& values.stream().allMatch((value) -> numbers ? value.isIntegralNumber() : value.isTextual());
		}

		private static List<String> pathsWhere(Predicate<JsonNode> condition) {
			List<String> found = new ArrayList<>();
			walk((path, node) -> {
				if (condition.test(node)) {
					found.add(path);
				}
			});
			return found;
		}

	}

	@Test
	void textsContainNoScripts() {
		List<String> scripts = new ArrayList<>();
		walk((path, node) -> {
			String text = node.path("description").asText() + node.path("title").asText();
			if (text.contains("<script") || text.contains("eval(")) {
				scripts.add(path);
			}
		});
		assertThat(scripts).isEmpty();
	}

	private static Map<String, JsonNode> operations() {
		Map<String, JsonNode> operations = new TreeMap<>();
		DOCUMENT.path("paths").properties().forEach((path) -> path.getValue().properties().forEach((operation) -> {
			assertThat(METHODS).contains(operation.getKey());
			operations.put(operation.getKey() + " " + path.getKey(), operation.getValue());
		}));
		return operations;
	}

	private static Set<String> tags() {
		return stream(DOCUMENT.path("tags")).map((tag) -> tag.path("name").asText()).collect(Collectors.toSet());
	}

	private static JsonNode resolve(JsonNode node) {
		String reference = node.path("$ref").asText();
		return reference.isEmpty() ? node : DOCUMENT.at(reference.substring(1));
	}

	/**
	 * Visits every object of the document except those in examples.
	 */
	private static void walk(BiConsumer<String, JsonNode> visitor) {
		walk("", DOCUMENT, visitor);
	}

	private static void walk(String path, JsonNode node, BiConsumer<String, JsonNode> visitor) {
		if (node.isObject()) {
			visitor.accept(path, node);
		}
		node.properties()
			.stream()
			.filter((child) -> !child.getKey().equals("example"))
			.forEach((child) -> walk(path + "/" + child.getKey(), child.getValue(), visitor));
		for (int index = 0; node.isArray() && index < node.size(); index++) {
			walk(path + "/" + index, node.get(index), visitor);
		}
	}

	private static List<String> names(JsonNode object) {
		return object.properties().stream().map(Map.Entry::getKey).toList();
	}

	private static Stream<JsonNode> stream(JsonNode array) {
		List<JsonNode> elements = new ArrayList<>();
		array.forEach(elements::add);
		return elements.stream();
	}

	private static JsonNode read() {
		try {
			return Yaml.mapper()
				.readTree(new ClassPathResource("openapi.yaml").getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

}
