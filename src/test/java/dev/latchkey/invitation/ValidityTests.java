package dev.latchkey.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The validity of an invitation is its own, or else that of the account, or else the
 * default of the service.
 */
@ServiceTest
class ValidityTests {

	static TestDatabase database;

	static MailServer mails;

	static Service service;

	Owner owner;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mails = MailServer.start();
		service = Service.on(database).mailingTo(mails).set("latchkey.invitations.resend-cooldown", "0s").start();
	}

	@BeforeEach
	void createOwner() {
		this.owner = new TestUsers(service).anOwner();
	}

	@AfterAll
	static void stop() {
		service.close();
		mails.close();
	}

	@Test
	void theDefaultIsSevenDays() {
		assertThat(days(invite(null))).isEqualTo(7);
	}

	@Test
	void anInvitationCanHaveItsOwn() {
		assertThat(days(invite(1))).isEqualTo(1);
		assertThat(days(invite(30))).isEqualTo(30);
	}

	@Test
	void aResendUsesTheValidityOfTheInvitation() {
		Response invited = invite(3);
		age(invited, Duration.ofDays(4));
		assertThat(this.owner.client().get(invitation(invited)).at("status")).isEqualTo("expired");
		Response resent = this.owner.client().send("POST", invitation(invited) + "/resend", null);
		assertThat(resent.at("status")).isEqualTo("pending");
		assertThat(days(resent)).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 31, Integer.MAX_VALUE })
	void otherNumbersOfDaysAreRefused(int days) {
		for (Response refused : List.of(invite(days), setForAccount(days))) {
			assertThat(refused.status()).isEqualTo(422);
			assertThat(refused.at("code")).isEqualTo("invalid-field");
			assertThat(refused.at("field")).isEqualTo("expiresInDays");
			assertThat(refused.at("detail")).isEqualTo("Must be a whole number of days from 1 to 30.");
		}
		assertThat(this.owner.client().get("/accounts/" + this.owner.account()).json().has("expiresInDays")).isFalse();
	}

	@Nested
	class OfAccount {

		@Test
		void appliesToInvitationsWithoutTheirOwn() {
			Response before = invite(null);
			assertThat(setForAccount(14).json().path("expiresInDays").asInt()).isEqualTo(14);
			assertThat(days(invite(null))).isEqualTo(14);
			assertThat(days(invite(2))).isEqualTo(2);
			assertThat(days(ValidityTests.this.owner.client().get(invitation(before)))).isEqualTo(7);
			assertThat(days(ValidityTests.this.owner.client().send("POST", invitation(before) + "/resend", null)))
				.isEqualTo(14);
		}

		@Test
		void canBeReset() {
			setForAccount(14);
			assertThat(setForAccount(null).json().has("expiresInDays")).isFalse();
			assertThat(days(invite(null))).isEqualTo(7);
		}

		@Test
		void isLoggedAsEvent() {
			setForAccount(14);
			Response events = ValidityTests.this.owner.client().get(path("/events?limit=1"));
			assertThat(events.json().at("/items/0/type").asString()).isEqualTo("account.validity-changed");
			assertThat(events.json().at("/items/0/actor/name").asString())
				.isEqualTo("Name of " + ValidityTests.this.owner.person().address());
		}

	}

	@Nested
	class InBulk {

		@Test
		void canBeSetForEachLine() {
			setForAccount(10);
			String lines = """
					{"email":"%s","permissions":["domains"],"expiresInDays":2}
					{"email":"%s","permissions":["domains"]}
					{"email":"%s","permissions":["domains"],"expiresInDays":31}
					""".formatted(TestUsers.anAddress(), TestUsers.anAddress(), TestUsers.anAddress());
			assertThat(send("application/x-ndjson", lines)).containsExactly("created 2", "created 10", "refused");
		}

		@Test
		void canBeSetForEachRowOfATable() {
			String table = """
					email,expiresInDays,permissions
					%s,5,domains
					%s,,domains
					%s,soon,domains
					""".formatted(TestUsers.anAddress(), TestUsers.anAddress(), TestUsers.anAddress());
			assertThat(send("text/csv", table)).containsExactly("created 5", "created 7", "refused");
		}

		private List<String> send(String type, String body) {
			Response answer = ValidityTests.this.owner.client()
				.send("POST", path("/invitations"), body, "Content-Type", type);
			return Arrays.stream(answer.text().split("\n", -1))
				.filter((line) -> !line.isBlank())
				.map(ValidityTests.this::outcome)
				.toList();
		}

	}

	private String outcome(String line) {
		Response result = new Response(200, Map.of(), line);
		return "created".equals(result.at("status"))
				? "created " + days(this.owner.client().get(path("/invitations/" + result.at("id"))))
				: result.at("status");
	}

	private Response invite(@Nullable Integer days) {
		Map<String, @Nullable Object> body = new HashMap<>(
				Map.of("email", TestUsers.anAddress(), "permissions", List.of("domains")));
		if (days != null) {
			body.put("expiresInDays", days);
		}
		return this.owner.client().post(path("/invitations"), body);
	}

	private Response setForAccount(@Nullable Integer days) {
		Map<String, @Nullable Object> body = new HashMap<>();
		body.put("expiresInDays", days);
		return this.owner.client().put(path("/invitation-validity"), body);
	}

	private String path(String rest) {
		return this.owner.path(rest);
	}

	private String invitation(Response invitation) {
		return path("/invitations/" + invitation.at("id"));
	}

	private static long days(Response invitation) {
		Duration validity = Duration.between(Instant.parse(invitation.at("issuedAt")),
				Instant.parse(invitation.at("expiresAt")));
		assertThat(validity).isEqualTo(Duration.ofDays(validity.toDays()));
		return validity.toDays();
	}

	private void age(Response invitation, Duration time) {
		database.update(
				"update invitation set issued_at = issued_at - make_interval(secs => ?),"
						+ " expires_at = expires_at - make_interval(secs => ?) where account_id = ? and id = ?",
				(double) time.toSeconds(), (double) time.toSeconds(), UUID.fromString(this.owner.account()),
				UUID.fromString(invitation.at("id")));
	}

}
