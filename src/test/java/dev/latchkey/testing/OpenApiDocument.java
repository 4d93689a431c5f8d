package dev.latchkey.testing;

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
 * The API's document as a program reads it, with all references resolved.
 */
public final class OpenApiDocument {

	private static final String PROBLEM = "application/problem+json";

	private static final OpenAPI DOCUMENT = read();

	private OpenApiDocument() {
	}

	/**
	 * The operations by method and path, such as {@code GET /api/v1/session}.
	 */
	public static Map<String, Operation> operations() {
		Map<String, Operation> operations = new LinkedHashMap<>();
		DOCUMENT.getPaths()
			.forEach((path, item) -> item.readOperationsMap()
				.forEach((PathItem.HttpMethod method, Operation operation) -> operations.put(method + " " + path,
						operation)));
		return operations;
	}

	static OpenAPI whole() {
		return DOCUMENT;
	}

	/**
	 * A schema by its name.
	 */
	static Schema<?> schema(String name) {
		return Objects.requireNonNull(DOCUMENT.getComponents().getSchemas().get(name), name);
	}

	/**
	 * The name of the schema of each line that an operation streams.
	 */
	static String itemSchema(String operation, int status) {
		Map<String, ApiResponse> responses = Objects.requireNonNull(operations().get(operation)).getResponses();
		ApiResponse response = Objects.requireNonNull(responses.get(Integer.toString(status)), operation);
		MediaType lines = Objects.requireNonNull(response.getContent().get("application/x-ndjson"), operation);
		return String.valueOf(lines.getExtensions().get("x-item-schema")).replaceAll(".*/|}", "");
	}

	/**
	 * What it says of the whole.
	 */
	public static String introduction() {
		return DOCUMENT.getInfo().getDescription();
	}

	/**
	 * The problem codes that an answer may carry; none if it is no problem.
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
		ParseOptions resolved = new ParseOptions();
		resolved.setResolve(true);
		resolved.setResolveFully(true);
		return new OpenAPIV3Parser().read("/openapi.yaml", null, resolved);
	}

}
