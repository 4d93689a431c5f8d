package dev.latchkey;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.OpenApiDocument;
import dev.latchkey.testing.SchemaSamples;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A request that is generated from the API description.
 */
final class GeneratedRequest {

	private static final String JSON = "application/json";

	private final Random random;

	private final Values values;

	private final SchemaSamples samples;

	private final String method;

	private final Operation operation;

	private String path;

	private final List<String> query = new ArrayList<>();

	private final List<String> headers = new ArrayList<>();

	private @Nullable Object body;

	GeneratedRequest(String name, Random random, Values values) {
		this.values = values;
		this.random = random;
		this.samples = new SchemaSamples(random);
		this.method = name.substring(0, name.indexOf(' '));
		this.operation = Objects.requireNonNull(OpenApiDocument.operations().get(name));
		this.path = name.substring(name.indexOf(' ') + 1).replace("/api/v1", "");
		parameters().forEach(this::fill);
		if (this.operation.getRequestBody() != null) {
			this.body = withSecrets(this.samples.valid(json().getSchema()));
		}
	}

	/**
	 * Usually replaces a generated token or password with a valid one.
	 */
	private @Nullable Object withSecrets(@Nullable Object generated) {
		if (!(generated instanceof Map<?, ?> object) || this.random.nextInt(4) == 0) {
			return generated;
		}
		Map<Object, @Nullable Object> valid = new LinkedHashMap<>(object);
		this.values.secrets().forEach((name, secret) -> valid.computeIfPresent(name, (key, value) -> secret));
		return valid;
	}

	Response send(Client client) {
		String target = this.path + (this.query.isEmpty() ? "" : "?" + String.join("&", this.query));
		List<String> all = new ArrayList<>(this.headers);
		if (this.operation.getRequestBody() != null && this.body == null) {
			all.addAll(List.of("Content-Type", JSON));
			return client.send(this.method, target, "null", all.toArray(String[]::new));
		}
		return client.send(this.method, target, this.body, all.toArray(String[]::new));
	}

	void invalidate() {
		List<Parameter> parameters = parameters();
		if (this.body != null && this.random.nextInt(4) > 0) {
			this.body = this.samples.invalid(json().getSchema());
		}
		else if (parameters.isEmpty() || this.random.nextInt(4) == 0) {
			this.query.add(this.samples.pick(List.of("verbose=1", "limitt=1", "page=2", "__proto__=x", "=", "%20=1")));
		}
		else {
			invalidateParameter(this.samples.pick(parameters));
		}
	}

	private void invalidateParameter(Parameter parameter) {
		String value = this.samples.pick(List.of("%00", "x y", "-1", "101", "99999999999999999999", "%F0%9F%98%80",
				"'--", "x".repeat(130), "0", "%2e%2e", "NaN", "PENDING"));
		switch (parameter.getIn()) {
			case "query" -> setQuery(parameter.getName(), value.replace(" ", "+"));
			case "path" -> this.path = this.path.replaceFirst("[0-9a-f]{8}-[0-9a-f-]{27}", value.replace(" ", "+"));
			default -> addHeader(parameter.getName(),
					this.samples.pick(List.of("x y", "y".repeat(65), "\"x\"", "*", "W/\"1\"", "1")));
		}
	}

	private void fill(Parameter parameter) {
		String value = String.valueOf((parameter.getExample() != null && this.random.nextBoolean())
				? parameter.getExample() : this.samples.valid(parameter.getSchema()));
		boolean included = Boolean.TRUE.equals(parameter.getRequired()) || this.random.nextInt(3) == 0;
		switch (parameter.getIn()) {
			case "path" -> this.path = this.path.replace("{" + parameter.getName() + "}", id(parameter.getName()));
			case "query" -> {
				if (included) {
					setQuery(parameter.getName(), URLEncoder.encode(value, StandardCharsets.UTF_8));
				}
			}
			default -> {
				if (included) {
					addHeader(parameter.getName(), value.replaceAll("[^ -~]", ""));
				}
			}
		}
	}

	/**
	 * Usually returns the id of an existing resource.
	 */
	private String id(String name) {
		return (this.random.nextInt(8) > 0) ? Objects.requireNonNull(this.values.ids().get(name))
				: UUID.randomUUID().toString();
	}

	private void setQuery(String name, String value) {
		this.query.removeIf((parameter) -> parameter.startsWith(name + "="));
		this.query.add(name + "=" + value);
	}

	private void addHeader(String name, String value) {
		this.headers.addAll(List.of(name, value));
	}

	private List<Parameter> parameters() {
		return (this.operation.getParameters() != null) ? this.operation.getParameters() : List.of();
	}

	private MediaType json() {
		return Objects.requireNonNull(this.operation.getRequestBody().getContent().get(JSON));
	}

	/**
	 * Existing ids and valid tokens or passwords for an operation.
	 */
	record Values(Map<String, String> ids, Map<String, String> secrets) {
	}

}
