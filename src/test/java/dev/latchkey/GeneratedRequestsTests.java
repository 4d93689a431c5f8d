package dev.latchkey;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.OpenApiDocument;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.RoleFixture.Stage;
import dev.latchkey.testing.SchemaSamples;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that are generated from the API description. A valid request gets a documented
 * response, and an invalid request is never accepted. The client that sends them checks
 * both against the description.
 */
@ServiceTest
class GeneratedRequestsTests {

	private static final int REQUESTS_PER_OPERATION = Integer.getInteger("latchkey.test.generated", 15);

	private static final long SEED = Long.getLong("latchkey.test.seed", 20260504L);

	private static final String JSON = "application/json";

	/** The caller is the owner, who cannot leave and is not the invitee. */
	private static final Set<String> NEVER_SUCCEED = Set.of("DELETE /api/v1/accounts/{account}/members/me",
			"POST /api/v1/invitations/accept", "DELETE /api/v1/accounts/{account}/ownership-transfer");

	static TestDatabase database;

	static Service service;

	static RoleFixture fixture;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database).set("latchkey.invitations.resend-cooldown", "0s").start();
		fixture = new RoleFixture(service, database);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	static Stream<String> operations() {
		return OpenApiDocument.operations()
			.keySet()
			.stream()
			.filter((operation) -> operation.contains("/api/") && !operation.equals("DELETE /api/v1/session"));
	}

	@ParameterizedTest
	@MethodSource("operations")
	void aValidRequestGetsADocumentedResponse(String operation) {
		Random random = new Random(SEED);
		Fixtures fixtures = Fixtures.of(operation);
		Set<Integer> statuses = new TreeSet<>();
		for (int round = 0; round < REQUESTS_PER_OPERATION; round++) {
			Response response = new GeneratedRequest(operation, random, fixtures).send(fixture.client(Role.OWNER));
			assertThat(response.status()).as(response.text()).isLessThan(500).isNotEqualTo(405);
			statuses.add(response.status());
		}
		if (!NEVER_SUCCEED.contains(operation)) {
			assertThat(statuses).as("some generated requests must succeed").anyMatch((status) -> status < 300);
		}
	}

	@ParameterizedTest
	@MethodSource("operations")
	void anInvalidRequestIsNeverAccepted(String operation) {
		Random random = new Random(SEED);
		Fixtures fixtures = Fixtures.of(operation);
		for (int round = 0; round < REQUESTS_PER_OPERATION; round++) {
			GeneratedRequest request = new GeneratedRequest(operation, random, fixtures);
			request.invalidate();
			Response response = request.send(fixture.client(Role.OWNER));
			assertThat(response.status()).as(response.text()).isLessThan(500);
		}
	}

	/**
	 * Existing ids and valid tokens or passwords for an operation.
	 */
	private record Fixtures(Map<String, String> ids, Map<String, String> secrets) {

		static Fixtures of(String operation) {
			Stage stage = fixture.stage();
			Map<String, String> ids = Map.of("account", stage.owner().account(), "user", stage.member(), "invitation",
					stage.invitation());
			return new Fixtures(ids, switch (operation) {
				case "POST /api/v1/users/verification" -> Map.of("token", fixture.verificationToken());
				case "POST /api/v1/password-resets/confirmation" ->
					Map.of("token", fixture.resetToken(fixture.people.aUser()));
				case "POST /api/v1/session" ->
					Map.of("email", fixture.person(Role.STRANGER).address(), "password", TestUsers.PASSWORD);
				case "PUT /api/v1/accounts/{account}/ownership-transfer" ->
					Map.of("userId", stage.member(), "password", TestUsers.PASSWORD);
				default -> Map.of("token", stage.token());
			});
		}

	}

	/**
	 * A generated request.
	 */
	private static final class GeneratedRequest {

		private final Random random;

		private final Fixtures fixtures;

		private final SchemaSamples samples;

		private final String method;

		private final Operation operation;

		private String path;

		private final List<String> query = new ArrayList<>();

		private final List<String> headers = new ArrayList<>();

		private @Nullable Object body;

		GeneratedRequest(String name, Random random, Fixtures fixtures) {
			this.fixtures = fixtures;
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
			this.fixtures.secrets().forEach((name, secret) -> valid.computeIfPresent(name, (key, value) -> secret));
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
				this.query
					.add(this.samples.pick(List.of("verbose=1", "limitt=1", "page=2", "__proto__=x", "=", "%20=1")));
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
			return (this.random.nextInt(8) > 0) ? Objects.requireNonNull(this.fixtures.ids().get(name))
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

	}

}
