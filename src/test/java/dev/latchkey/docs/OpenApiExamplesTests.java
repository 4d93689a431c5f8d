package dev.latchkey.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.OpenApiContract;
import dev.latchkey.testing.OpenApiDocument;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the API document are as their schemas say.
 */
class OpenApiExamplesTests {

	private static final ObjectMapper JSON = new ObjectMapper();

	@TestFactory
	Stream<DynamicTest> everyExampleOfAResponseIsAsItsSchemaSays() {
		return OpenApiDocument.operations()
			.entrySet()
			.stream()
			.flatMap((operation) -> operation.getValue()
				.getResponses()
				.entrySet()
				.stream()
				.filter((response) -> response.getValue().getContent() != null)
				.flatMap((response) -> examples(operation.getKey(), response.getKey(), response.getValue())));
	}

	@Test
	void everyJsonBodyHasAnExample() {
		List<String> without = new ArrayList<>();
		OpenApiDocument.operations().forEach((name, operation) -> {
			if (operation.getRequestBody() != null) {
				operation.getRequestBody().getContent().forEach((type, content) -> {
					if (content.getExample() == null) {
						without.add(name + " " + type);
					}
				});
			}
			operation.getResponses().forEach((status, response) -> {
				MediaType json = (response.getContent() != null) ? response.getContent().get("application/json") : null;
				if (json != null && json.getExample() == null) {
					without.add(name + " " + status);
				}
			});
		});
		assertThat(without).isEmpty();
	}

	@TestFactory
	Stream<DynamicTest> everyExampleOfARequestIsAsItsSchemaSays() {
		return OpenApiDocument.operations()
			.entrySet()
			.stream()
			.filter((operation) -> operation.getValue().getRequestBody() != null)
			.map((operation) -> DynamicTest.dynamicTest(operation.getKey(), () -> {
				MediaType json = Objects
					.requireNonNull(operation.getValue().getRequestBody().getContent().get("application/json"));
				assertValid(json.getSchema(), JSON.writeValueAsString(json.getExample()));
			}));
	}

	@TestFactory
	Stream<DynamicTest> everyExampleOfAParameterIsAsItsSchemaSays() {
		return OpenApiDocument.operations()
			.entrySet()
			.stream()
			.filter((operation) -> operation.getValue().getParameters() != null)
			.flatMap((operation) -> operation.getValue()
				.getParameters()
				.stream()
				.filter((parameter) -> parameter.getExample() != null)
				.map((parameter) -> DynamicTest.dynamicTest(operation.getKey() + " " + parameter.getName(),
						() -> assertValid(parameter.getSchema(), parameter.getExample().toString()))));
	}

	@TestFactory
	Stream<DynamicTest> everyExampleOfASchemaIsAsTheSchemaSays() {
		return OpenApiDocument.schemas()
			.entrySet()
			.stream()
			.flatMap((schema) -> examples(schema.getKey(), schema.getValue()))
			.map((example) -> DynamicTest.dynamicTest(example.name(),
					() -> assertValid(example.schema(), example.schema().getExample().toString())));
	}

	/**
	 * Returns the schema and its properties, if they have an example.
	 */
	private static Stream<SchemaExample> examples(String name, Schema<?> schema) {
		List<SchemaExample> all = new ArrayList<>(List.of(new SchemaExample(name, schema)));
		if (schema.getProperties() != null) {
			schema.getProperties()
				.forEach((property, value) -> all.add(new SchemaExample(name + "." + property, value)));
		}
		return all.stream().filter((example) -> example.schema().getExample() != null);
	}

	private static void assertValid(Schema<?> schema, String value) {
		assertThat(OpenApiContract.value(schema, value).getMessages()).as(value).isEmpty();
	}

	private static Stream<DynamicTest> examples(String operation, String status, ApiResponse response) {
		String method = operation.substring(0, operation.indexOf(' '));
		String path = operation.substring(operation.indexOf(' ') + 1)
			.replaceAll("\\{\\w+}", "0199b1c2-7c11-7d5e-9a3f-2f6b1f0c9d10");
		return response.getContent()
			.entrySet()
			.stream()
			.filter((content) -> content.getKey().endsWith("json"))
			.map((content) -> DynamicTest.dynamicTest(operation + " " + status + " " + content.getKey(), () -> {
				Map<String, List<String>> headers = headers(response);
				headers.put("Content-Type", List.of(content.getKey()));
				Response answer = new Response(Integer.parseInt(status), headers,
						JSON.writeValueAsString(content.getValue().getExample()));
				assertThat(OpenApiContract.response(path, method, answer).getMessages()).isEmpty();
			}));
	}

	private static Map<String, List<String>> headers(ApiResponse response) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		if (response.getHeaders() != null) {
			response.getHeaders()
				.forEach((name, header) -> headers.put(name, List.of(sample(header.getSchema().getType(), name))));
		}
		return headers;
	}

	private static String sample(String type, String name) {
		return switch (name) {
			case "ETag" -> "\"1\"";
			case "WWW-Authenticate" -> "Bearer";
			case "Feed-Position" -> "1-1";
			case "Content-Language" -> "de";
			case "Vary" -> "Accept-Language";
			case "Idempotency-Replayed" -> "true";
			default -> type.equals("integer") ? "1" : "text";
		};
	}

	/**
	 * A schema that has an example.
	 */
	record SchemaExample(String name, Schema<?> schema) {
	}

}
