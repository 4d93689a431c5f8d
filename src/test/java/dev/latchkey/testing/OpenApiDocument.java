package dev.latchkey.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;

/**
 * The parsed API description with all references resolved.
 */
public final class OpenApiDocument {

	private static final String PROBLEM = "application/problem+json";

	private static final OpenAPI DOCUMENT = read();

	private OpenApiDocument() {
	}

	/**
	 * Returns the operations by method and path, such as {@code GET /api/v1/session}.
	 */
	public static Map<String, Operation> operations() {
		Map<String, Operation> operations = new LinkedHashMap<>();
		DOCUMENT.getPaths()
			.forEach((path, item) -> item.readOperationsMap()
				.forEach((PathItem.HttpMethod method, Operation operation) -> operations.put(method + " " + path,
						operation)));
		return operations;
	}

	/**
	 * Returns the text of the description.
	 */
	static String text() {
		try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi.yaml")) {
			return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static OpenAPI document() {
		return DOCUMENT;
	}

	/**
	 * Returns the schemas by name.
	 */
	public static Map<String, Schema<?>> schemas() {
		Map<String, Schema<?>> schemas = new LinkedHashMap<>();
		DOCUMENT.getComponents().getSchemas().forEach(schemas::put);
		return schemas;
	}

	/**
	 * Returns a schema by its name.
	 */
	public static Schema<?> schema(String name) {
		return Objects.requireNonNull(DOCUMENT.getComponents().getSchemas().get(name), name);
	}

	/**
	 * Returns the name of the schema of each line of a streamed response.
	 */
	static String itemSchema(String operation, int status) {
		Map<String, ApiResponse> responses = Objects.requireNonNull(operations().get(operation)).getResponses();
		ApiResponse response = Objects.requireNonNull(responses.get(Integer.toString(status)), operation);
		MediaType lines = Objects.requireNonNull(response.getContent().get("application/x-ndjson"), operation);
		return String.valueOf(lines.getExtensions().get("x-item-schema")).replaceAll(".*/|}", "");
	}

	/**
	 * Returns the introduction.
	 */
	public static String introduction() {
		return DOCUMENT.getInfo().getDescription();
	}

	/**
	 * Returns the problem codes that a response can contain, none if it is not a problem.
	 */
	public static List<String> codes(ApiResponse response) {
		if (response.getContent() == null || !response.getContent().containsKey(PROBLEM)) {
			return List.of();
		}
		Schema<?> problem = response.getContent().get(PROBLEM).getSchema();
		Schema<?> code = Objects.requireNonNull((Schema<?>) problem.getProperties().get("code"));
		return code.getEnum().stream().map(Object::toString).toList();
	}

	private static OpenAPI read() {
		ParseOptions options = new ParseOptions();
		options.setResolve(true);
		options.setResolveFully(true);
		return new OpenAPIV3Parser().read("/openapi.yaml", null, options);
	}

}
