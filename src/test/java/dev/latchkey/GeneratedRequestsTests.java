package dev.latchkey;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.latchkey.GeneratedRequest.Values;
import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.OpenApiDocument;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.RoleFixture.Stage;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
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
		Values values = values(operation);
		Set<Integer> statuses = new TreeSet<>();
		for (int round = 0; round < REQUESTS_PER_OPERATION; round++) {
			Response response = new GeneratedRequest(operation, random, values).send(fixture.client(Role.OWNER));
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
		Values values = values(operation);
		for (int round = 0; round < REQUESTS_PER_OPERATION; round++) {
			GeneratedRequest request = new GeneratedRequest(operation, random, values);
			request.invalidate();
			Response response = request.send(fixture.client(Role.OWNER));
			assertThat(response.status()).as(response.text()).isLessThan(500);
		}
	}

	/**
	 * No combination of optional parameters and media types is refused unless its
	 * parameters say so.
	 */
	@ParameterizedTest
	@MethodSource("operations")
	void everyCombinationOfParametersAndMediaTypesGetsADocumentedResponse(String operation) {
		Map<String, String> values = new HashMap<>(values(operation).ids());
		Client owner = fixture.client(Role.OWNER);
		String position = owner.get("/accounts/" + values.get("account") + "/members").at("position");
		values.putAll(Map.of("after", position, "Last-Event-ID", position));
		CombinedRequest.of(operation).filter((request) -> !request.isEndless()).forEach((request) -> {
			Response response = request.send(owner, values);
			if (request.conflicting().isEmpty()) {
				assertThat(response.status()).as("%s: %s", request, response).isNotIn(400, 405).isLessThan(500);
			}
			else {
				assertThat(response.code()).as("%s: %s", request, response).isEqualTo("malformed-request");
				assertThat(response.at("field")).as("%s", request).isIn(request.conflicting());
			}
		});
	}

	private static Values values(String operation) {
		Stage stage = fixture.stage();
		Map<String, String> ids = Map.of("account", stage.owner().account(), "user", stage.member(), "invitation",
				stage.invitation());
		return new Values(ids, switch (operation) {
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
