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
import com.atlassian.oai.validator.model.Response;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.testing.Client.Answer;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * Holds every exchange of the tests against the API's document: what the service answers
 * must be documented, and what it lets pass must have been asked for as documented.
 */
public final class OpenApiContract {

	private static final OpenApiInteractionValidator VALIDATOR = OpenApiInteractionValidator.createFor("/openapi.yaml")
		.withLevelResolver(LevelResolver.create()
			.withLevel("validation.request.security.missing", Level.IGNORE)
			.withLevel("validation.request.accept", Level.IGNORE)
			.withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
			.build())
		.build();

	/**
	 * The document says once for all when these are answered: for what it doesn't list.
	 */
	private static final Set<Integer> ELSEWHERE = Set.of(400, 401, 403, 404, 405);

	private static final Map<String, Pattern> OPERATIONS = OpenApiDocument.operations()
		.keySet()
		.stream()
		.collect(Collectors.toMap(Function.identity(), OpenApiContract::pattern));

	private static final SchemaValidator ITEMS = new SchemaValidator(OpenApiDocument.whole(), new MessageResolver());

	/** What many watchers hear, one check is enough for. */
	private static final Cache<String, String> CHECKED = Caffeine.newBuilder().maximumSize(10_000).build();

	private OpenApiContract() {
	}

	/**
	 * Checks one exchange.
	 * @throws AssertionError if it isn't as documented
	 */
	static void check(HttpRequest request, @Nullable String body, Answer answer) {
		URI uri = request.uri();
		String method = request.method();
		if ("application/problem+json".equals(answer.header("Content-Type"))
				&& answer.header("Content-Language") == null) {
			throw new AssertionError(method + " " + uri + " doesn't say in which language it refuses: " + answer);
		}
		if (!uri.getRawPath().contains("/api/v1/") || Set.of("HEAD", "OPTIONS").contains(method)) {
			return;
		}
		if (operation(method, uri).isEmpty()) {
			if (!ELSEWHERE.contains(answer.status())) {
				throw new AssertionError(method + " " + uri + " isn't documented and answered " + answer);
			}
			return;
		}
		ValidationReport report = (answer.status() < 300)
				? VALIDATOR.validate(described(request, body), response(answer))
				: response(pathInApi(uri), method, answer);
		if (report.hasErrors()) {
			throw new AssertionError(method + " " + uri + " answered " + answer + ": " + report.getMessages());
		}
		if (answer.isOf("application/x-ndjson")) {
			String schema = OpenApiDocument.itemSchema(operation(method, uri), answer.status());
			answer.text().lines().forEach((line) -> item(schema, line));
		}
	}

	/**
	 * Checks one item of a stream.
	 * @param schema the name of its schema
	 * @throws AssertionError if it isn't as documented
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
	 * Checks an answer alone.
	 */
	public static ValidationReport response(String path, String method, Answer answer) {
		return VALIDATOR.validateResponse(path, Request.Method.valueOf(method), response(answer));
	}

	/**
	 * Checks a request alone.
	 */
	public static ValidationReport request(Request request) {
		return VALIDATOR.validateRequest(request);
	}

	/**
	 * The documented operation that a request is for, empty if there is none.
	 */
	private static String operation(String method, URI uri) {
		String wanted = method + " " + pathInApi(uri);
		return OPERATIONS.entrySet()
			.stream()
			.filter((operation) -> operation.getValue().matcher(wanted).matches())
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse("");
	}

	private static Pattern pattern(String operation) {
		return Pattern.compile(operation.replaceAll("\\{\\w+}", "[^/;%]+"));
	}

	private static SimpleRequest described(HttpRequest request, @Nullable String body) {
		SimpleRequest.Builder builder = new SimpleRequest.Builder(request.method(), pathInApi(request.uri()));
		UriComponentsBuilder.fromUri(request.uri())
			.build()
			.getQueryParams()
			.forEach((name, values) -> builder.withQueryParam(name, decoded(values)));
		request.headers().map().forEach(builder::withHeader);
		return (body != null) ? builder.withBody(body).build() : builder.build();
	}

	/**
	 * Without the prefix that a replica may be told to serve under.
	 */
	private static String pathInApi(URI uri) {
		String path = uri.getRawPath();
		return path.substring(path.indexOf("/api/v1/"));
	}

	private static List<String> decoded(List<String> values) {
		return values.stream().map((value) -> URLDecoder.decode(value, StandardCharsets.UTF_8)).toList();
	}

	private static Response response(Answer answer) {
		SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.status());
		answer.headers().forEach(response::withHeader);
		return answer.text().isEmpty() ? response.build() : response.withBody(answer.text()).build();
	}

}
