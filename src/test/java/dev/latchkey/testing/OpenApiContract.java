package dev.latchkey.testing;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.testing.Client.Response;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * Checks every HTTP exchange of the tests against the API description: each response must
 * be documented, and each request that the service accepts must be documented.
 */
public final class OpenApiContract {

	private static final Pattern ADDRESS_PATTERN = Pattern
		.compile("(?m)(^    EmailAddress:\\R(?:      .*\\R)*?)      pattern: .*\\R");

	/**
	 * The pattern of an address is left to {@code EmailAddressSchemaTests}: the validator
	 * compiles it again for each request, which takes longer than everything else in it.
	 */
	private static final OpenApiInteractionValidator VALIDATOR = OpenApiInteractionValidator
		.createForInlineApiSpecification(ADDRESS_PATTERN.matcher(OpenApiDocument.text()).replaceFirst("$1"))
		.withLevelResolver(LevelResolver.create()
			.withLevel("validation.request.security.missing", Level.IGNORE)
			.withLevel("validation.request.accept", Level.IGNORE)
			.withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
			.build())
		.build();

	/**
	 * The statuses that the introduction of the API description documents for paths and
	 * methods that are not listed.
	 */
	private static final Set<Integer> STATUSES_OF_UNLISTED = Set.of(400, 401, 403, 404, 405);

	private static final Map<String, Pattern> OPERATIONS = OpenApiDocument.operations()
		.keySet()
		.stream()
		.collect(Collectors.toMap(Function.identity(), OpenApiContract::pattern));

	private static final SchemaValidator ITEMS = new SchemaValidator(OpenApiDocument.document(), new MessageResolver());

	/** Many watchers receive the same items, so each item is checked once. */
	private static final Cache<String, String> CHECKED = Caffeine.newBuilder().maximumSize(10_000).build();

	private OpenApiContract() {
	}

	/**
	 * Checks one exchange.
	 * @throws AssertionError if it is not as documented
	 */
	static void check(HttpRequest request, @Nullable String body, Response response) {
		URI uri = request.uri();
		String method = request.method();
		if ("application/problem+json".equals(response.header("Content-Type"))
				&& response.header("Content-Language") == null) {
			throw new AssertionError(method + " " + uri + " has no Content-Language: " + response);
		}
		if (!uri.getRawPath().contains("/api/v1/") || Set.of("HEAD", "OPTIONS").contains(method)) {
			return;
		}
		if (operation(method, uri).isEmpty()) {
			if (!STATUSES_OF_UNLISTED.contains(response.status())) {
				throw new AssertionError(method + " " + uri + " is not documented and returned " + response);
			}
			return;
		}
		ValidationReport report = (response.status() < 300)
				? VALIDATOR.validate(simpleRequest(request, body), simpleResponse(response))
				: response(pathInApi(uri), method, response);
		if (report.hasErrors()) {
			throw new AssertionError(method + " " + uri + " returned " + response + ": " + report.getMessages());
		}
		if (response.isOf("application/x-ndjson")) {
			String schema = OpenApiDocument.itemSchema(operation(method, uri), response.status());
			response.text().lines().forEach((line) -> item(schema, line));
		}
	}

	/**
	 * Checks one item of a stream.
	 * @param schema the name of its schema
	 * @throws AssertionError if it is not as documented
	 */
	static void item(String schema, String json) {
		if (CHECKED.getIfPresent(json) == null) {
			ValidationReport report = ITEMS.validate(json, OpenApiDocument.schema(schema), "item");
			if (report.hasErrors()) {
				throw new AssertionError("not a " + schema + ": " + json + ": " + report.getMessages());
			}
			CHECKED.put(json, schema);
		}
	}

	/**
	 * Validates a response without its request.
	 */
	public static ValidationReport response(String path, String method, Response response) {
		return VALIDATOR.validateResponse(path, Request.Method.valueOf(method), simpleResponse(response));
	}

	/**
	 * Validates a value against a schema of the API description.
	 * @param value JSON, or a plain string
	 */
	public static ValidationReport value(Schema<?> schema, String value) {
		return ITEMS.validate(value, schema, "value");
	}

	/**
	 * Validates a request without its response.
	 */
	public static ValidationReport request(Request request) {
		return VALIDATOR.validateRequest(request);
	}

	/**
	 * Returns the documented operation of a request, or an empty string if there is none.
	 */
	private static String operation(String method, URI uri) {
		String requested = method + " " + pathInApi(uri);
		return OPERATIONS.entrySet()
			.stream()
			.filter((operation) -> operation.getValue().matcher(requested).matches())
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse("");
	}

	private static Pattern pattern(String operation) {
		return Pattern.compile(operation.replaceAll("\\{\\w+}", "[^/;%]+"));
	}

	private static SimpleRequest simpleRequest(HttpRequest request, @Nullable String body) {
		SimpleRequest.Builder builder = new SimpleRequest.Builder(request.method(), pathInApi(request.uri()));
		UriComponentsBuilder.fromUri(request.uri())
			.build()
			.getQueryParams()
			.forEach((name, values) -> builder.withQueryParam(name, decode(values)));
		request.headers().map().forEach(builder::withHeader);
		return (body != null) ? builder.withBody(body).build() : builder.build();
	}

	/**
	 * Returns the path without the prefix under which a replica can be configured to
	 * serve.
	 */
	private static String pathInApi(URI uri) {
		String path = uri.getRawPath();
		return path.substring(path.indexOf("/api/v1/"));
	}

	private static List<String> decode(List<String> values) {
		return values.stream().map((value) -> URLDecoder.decode(value, StandardCharsets.UTF_8)).toList();
	}

	private static SimpleResponse simpleResponse(Response response) {
		SimpleResponse.Builder builder = SimpleResponse.Builder.status(response.status());
		response.headers().forEach(builder::withHeader);
		return response.text().isEmpty() ? builder.build() : builder.withBody(response.text()).build();
	}

}
