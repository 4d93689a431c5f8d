package dev.latchkey;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.OpenApiDocument;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A valid request with some of the optional parameters of its operation and one of its
 * media types for the body and for the response.
 *
 * @param parameters the required parameters and some of the optional ones
 * @param bodyType the media type of the body, null if there is none
 */
record CombinedRequest(String operation, List<Parameter> parameters, String accept, @Nullable String bodyType) {

	private static final String JSON = "application/json";

	private static final String EVENT_STREAM = "text/event-stream";

	/**
	 * Returns all combinations of an operation.
	 */
	static Stream<CombinedRequest> of(String name) {
		Operation operation = operation(name);
		List<@Nullable String> bodyTypes = new ArrayList<>();
		if (operation.getRequestBody() == null) {
			bodyTypes.add(null);
		}
		else {
			bodyTypes.addAll(operation.getRequestBody().getContent().keySet());
		}
		return parameterSets(operation).flatMap((parameters) -> responseTypes(operation).stream()
			.flatMap((accept) -> bodyTypes.stream()
				.map((bodyType) -> new CombinedRequest(name, parameters, accept, bodyType))));
	}

	/**
	 * Sends the request.
	 * @param values values of parameters by name; others have a value from the
	 * description
	 */
	Response send(Client client, Map<String, String> values) {
		String path = this.operation.substring(this.operation.indexOf(' ') + 1).replace("/api/v1", "");
		List<String> query = new ArrayList<>();
		List<String> headers = new ArrayList<>(List.of("Accept", this.accept));
		for (Parameter parameter : this.parameters) {
			String value = values.getOrDefault(parameter.getName(), sample(parameter));
			switch (parameter.getIn()) {
				case "path" -> path = path.replace("{" + parameter.getName() + "}", value);
				case "query" -> query.add(parameter.getName() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
				default -> headers.addAll(List.of(parameter.getName(), value));
			}
		}
		if (this.bodyType != null) {
			headers.addAll(List.of("Content-Type", this.bodyType));
		}
		return client.send(this.operation.substring(0, this.operation.indexOf(' ')),
				query.isEmpty() ? path : path + "?" + String.join("&", query), body(), headers.toArray(String[]::new));
	}

	/**
	 * Returns the parameters that the description forbids in this combination: those for
	 * pages in a stream, a direction of reading together with the other one, and those
	 * for bulk requests with a single invitation.
	 */
	Set<String> conflicting() {
		Set<String> names = this.parameters.stream()
			.map(Parameter::getName)
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> forbidden = new TreeSet<>();
		if (JSON.equals(this.bodyType) && JSON.equals(this.accept)) {
			forbidden.add("dry-run");
		}
		if (!this.accept.equals(JSON)) {
			forbidden.addAll(Set.of("limit", "cursor"));
		}
		if (this.accept.equals(EVENT_STREAM)) {
			forbidden.add("type");
		}
		else if (names.contains("after")) {
			forbidden.addAll(Set.of("type", "cursor"));
		}
		names.retainAll(forbidden);
		return names;
	}

	/**
	 * Whether the response to the request does not end by itself.
	 */
	boolean isEndless() {
		return this.accept.equals(EVENT_STREAM) && conflicting().isEmpty();
	}

	@Override
	public String toString() {
		return this.operation + this.parameters.stream().map(Parameter::getName).toList() + " " + this.bodyType + " -> "
				+ this.accept;
	}

	/**
	 * The example of the description, which is JSON or text.
	 */
	private @Nullable String body() {
		if (this.bodyType == null) {
			return null;
		}
		Content content = operation(this.operation).getRequestBody().getContent();
		return Objects.requireNonNull(content.get(this.bodyType)).getExample().toString();
	}

	private static Stream<List<Parameter>> parameterSets(Operation operation) {
		List<Parameter> all = (operation.getParameters() != null) ? operation.getParameters() : List.of();
		List<Parameter> optional = all.stream().filter((parameter) -> !isRequired(parameter)).toList();
		return IntStream.range(0, 1 << optional.size())
			.mapToObj((set) -> all.stream()
				.filter((parameter) -> isRequired(parameter) || (set & (1 << optional.indexOf(parameter))) != 0)
				.toList());
	}

	private static Set<String> responseTypes(Operation operation) {
		Set<String> types = operation.getResponses()
			.entrySet()
			.stream()
			.filter((response) -> response.getKey().startsWith("2"))
			.flatMap((response) -> mediaTypes(response.getValue().getContent()))
			.collect(Collectors.toCollection(TreeSet::new));
		return types.isEmpty() ? Set.of(JSON) : types;
	}

	private static Stream<String> mediaTypes(@Nullable Content content) {
		return (content != null) ? content.keySet().stream() : Stream.empty();
	}

	private static String sample(Parameter parameter) {
		if (parameter.getName().equals("Idempotency-Key")) {
			return UUID.randomUUID().toString();
		}
		if (parameter.getExample() != null) {
			return parameter.getExample().toString();
		}
		if (parameter.getSchema().getEnum() != null) {
			return parameter.getSchema().getEnum().get(0).toString();
		}
		return Objects.toString(parameter.getSchema().getDefault(), "a");
	}

	private static boolean isRequired(Parameter parameter) {
		return Boolean.TRUE.equals(parameter.getRequired());
	}

	private static Operation operation(String name) {
		return Objects.requireNonNull(OpenApiDocument.operations().get(name));
	}

}
