package dev.latchkey.docs;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.OpenApiDocument;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each operation documents exactly the codes that its parameters, its body and its
 * callers can cause.
 */
class OpenApiCodesTests {

	/** These read no database. */
	private static final Set<String> WITHOUT_DATABASE = Set.of("GET /api/v1/permissions", "GET /openapi.yaml");

	/** These respond in the same way whether the account exists or not. */
	private static final Set<String> WITHOUT_NOT_FOUND = Set.of("GET /api/v1/accounts/{account}/access");

	/** These check a password or queue a mail. */
	private static final Set<String> LIMITED = Set.of("POST /api/v1/users", "POST /api/v1/session",
			"POST /api/v1/password-resets", "POST /api/v1/invitations/accept",
			"PUT /api/v1/accounts/{account}/ownership-transfer", "POST /api/v1/accounts/{account}/invitations",
			"POST /api/v1/accounts/{account}/invitations/{invitation}/resend");

	/** These repeat a command that concurrent changes have prevented. */
	private static final Set<String> REPEATED = Set.of("PUT /api/v1/accounts/{account}/invitation-validity",
			"DELETE /api/v1/accounts/{account}/members/me", "DELETE /api/v1/accounts/{account}/members/{user}",
			"PUT /api/v1/accounts/{account}/members/{user}/permissions", "POST /api/v1/accounts/{account}/invitations",
			"PUT /api/v1/accounts/{account}/invitations/{invitation}/permissions",
			"POST /api/v1/accounts/{account}/invitations/{invitation}/resend",
			"POST /api/v1/accounts/{account}/invitations/{invitation}/revoke", "POST /api/v1/invitations/accept",
			"POST /api/v1/invitations/decline");

	/** These are for members who are not the owner, or for every user. */
	private static final Set<String> NOT_FOR_OWNERS_ONLY = Set.of("GET /api/v1/accounts/{account}",
			"GET /api/v1/accounts/{account}/access", "GET /api/v1/accounts/{account}/members/me",
			"DELETE /api/v1/accounts/{account}/members/me", "DELETE /api/v1/accounts/{account}/ownership-transfer",
			"POST /api/v1/accounts/{account}/ownership-transfer/accept");

	@ParameterizedTest
	@ValueSource(strings = { "malformed-request", "not-acceptable", "uri-too-long", "headers-too-large" })
	void ofEveryRequestAreDocumentedEverywhere(String code) {
		assertThat(operationsWith(code)).isEqualTo(OpenApiDocument.operations().keySet());
	}

	@ParameterizedTest
	@MethodSource("rules")
	void areDocumentedExactlyWhereTheyCanOccur(Rule rule) {
		Set<String> expected = OpenApiDocument.operations()
			.keySet()
			.stream()
			.filter(rule.operations())
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(operationsWith(rule.code().code())).isEqualTo(expected).isNotEmpty();
	}

	static Stream<Rule> rules() {
		return Stream.of(new Rule(ProblemCode.CROSS_SITE_REQUEST, (operation) -> !operation.startsWith("GET ")),
				new Rule(ProblemCode.NOT_SIGNED_IN,
						(operation) -> isSecured(operation) || operation.endsWith("/invitations/accept")),
				new Rule(ProblemCode.BODY_TOO_LARGE, OpenApiCodesTests::hasBody),
				new Rule(ProblemCode.UNSUPPORTED_MEDIA_TYPE, OpenApiCodesTests::hasBody),
				new Rule(ProblemCode.INVALID_EMAIL, (operation) -> hasField(operation, "email")),
				new Rule(ProblemCode.INVALID_CURSOR, (operation) -> hasParameter(operation, "cursor")),
				new Rule(ProblemCode.IF_MATCH_REQUIRED, (operation) -> hasParameter(operation, "If-Match")),
				new Rule(ProblemCode.STALE, (operation) -> hasParameter(operation, "If-Match")),
				new Rule(ProblemCode.IDEMPOTENCY_KEY_REUSED, (operation) -> hasParameter(operation, "Idempotency-Key")),
				new Rule(ProblemCode.EMPTY_PERMISSIONS, (operation) -> hasField(operation, "permissions")),
				new Rule(ProblemCode.UNKNOWN_PERMISSION,
						(operation) -> hasField(operation, "permissions") || hasParameter(operation, "permission")),
				new Rule(ProblemCode.NOT_FOUND,
						(operation) -> (operation.contains("{account}") && !WITHOUT_NOT_FOUND.contains(operation))
								|| hasField(operation, "token")),
				new Rule(ProblemCode.OWNER_ONLY,
						(operation) -> operation.contains("{account}") && !NOT_FOR_OWNERS_ONLY.contains(operation)),
				new Rule(ProblemCode.REQUEST_IN_FLIGHT, REPEATED::contains),
				new Rule(ProblemCode.LIMIT_REACHED, LIMITED::contains),
				new Rule(ProblemCode.RESEND_TOO_SOON, (operation) -> operation.endsWith("/resend")),
				new Rule(ProblemCode.SUPERSEDED, (operation) -> operation.startsWith("POST /api/v1/invitations/")),
				new Rule(ProblemCode.EXPIRED, (operation) -> hasField(operation, "token")),
				new Rule(ProblemCode.UNAVAILABLE, (operation) -> !WITHOUT_DATABASE.contains(operation)));
	}

	private static Set<String> operationsWith(String code) {
		return OpenApiDocument.operations()
			.entrySet()
			.stream()
			.filter((operation) -> operation.getValue()
				.getResponses()
				.values()
				.stream()
				.anyMatch((response) -> OpenApiDocument.codes(response).contains(code)))
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static boolean isSecured(String name) {
		List<?> requirements = operation(name).getSecurity();
		return requirements == null || !requirements.isEmpty();
	}

	private static boolean hasBody(String name) {
		return operation(name).getRequestBody() != null;
	}

	private static boolean hasField(String name, String field) {
		if (!hasBody(name)) {
			return false;
		}
		MediaType json = operation(name).getRequestBody().getContent().get("application/json");
		return Objects.requireNonNull(json).getSchema().getProperties().containsKey(field);
	}

	private static boolean hasParameter(String name, String parameter) {
		return operation(name).getParameters() != null && operation(name).getParameters()
			.stream()
			.anyMatch((declared) -> declared.getName().equals(parameter));
	}

	private static Operation operation(String name) {
		return Objects.requireNonNull(OpenApiDocument.operations().get(name));
	}

	/**
	 * A code and the operations that document it.
	 */
	record Rule(ProblemCode code, Predicate<String> operations) {

		@Override
		public String toString() {
			return this.code.code();
		}

	}

}
