package dev.latchkey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import dev.latchkey.testing.Watcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * Only the database's clock counts: on a replica whose own clock is 8 days ahead or
 * behind, every invitation, session and feed is valid exactly as long as on any other.
 */
@ServiceTest
class ClockSkewTests {

	private static final Duration SKEW = Duration.ofDays(8);

	static MailServer mail;

	static TestDatabase database;

	static Service ahead;

	static Service behind;

	@BeforeAll
	static void start() {
		mail = MailServer.start();
		database = TestDatabase.create();
		ahead = replica(SKEW);
		behind = replica(SKEW.negated());
	}

	@AfterAll
	static void stop() {
		ahead.close();
		behind.close();
		mail.close();
	}

	private static Service replica(Duration skew) {
		return Service.on(database)
			.mailingTo(mail)
			.set("latchkey.base-url", "http://localhost")
			.set("latchkey.sessions.cache-duration", "1ms")
			.replace("clock", InstantSource.class, InstantSource.offset(InstantSource.system(), skew))
			.start();
	}

	private static Service replica(String name) {
		Service service = name.equals("ahead") ? ahead : behind;
		assertThat(Duration.between(Instant.now(), service.bean(InstantSource.class).instant()).abs())
			.as("the skew of the clock")
			.isCloseTo(SKEW, Duration.ofMinutes(1));
		return service;
	}

	@ParameterizedTest
	@ValueSource(strings = { "ahead", "behind" })
	void anInvitationIsValidForSevenDaysRegardlessOfTheReplicasClock(String name) {
		Service service = replica(name);
		TestUsers users = new TestUsers(service);
		Owner owner = users.anOwner();
		Person invitee = users.aUser();
		Response invited = owner.invite(invitee.address(), "invoices");
		assertThat(Instant.parse(invited.at("expiresAt"))).isCloseTo(Instant.now().plus(Duration.ofDays(7)),
				within(Duration.ofMinutes(5)));
		String token = mail.awaitMail(invitee.address()).token();
		assertThat(owner.client().get(owner.path("/invitations/" + invited.at("id"))).at("status"))
			.isEqualTo("pending");
		assertThat(invitee.client().post("/invitations/accept", Map.of("token", token)).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ahead", "behind" })
	void anOverdueInvitationExpiresRegardlessOfTheReplicasClock(String name) {
		TestUsers users = new TestUsers(replica(name));
		Owner owner = users.anOwner();
		Person invitee = users.aUser();
		Response invited = owner.invite(invitee.address(), "invoices");
		String token = mail.awaitMail(invitee.address()).token();
		database.update("update invitation set issued_at = issued_at - interval '8 days',"
				+ " expires_at = expires_at - interval '8 days' where id = ?::uuid", invited.at("id"));
		assertThat(invitee.client().post("/invitations/accept", Map.of("token", token)).code()).isEqualTo("expired");
		await().untilAsserted(() -> assertThat(database
			.number("select count(*) from invitation where id = ?::uuid and status = 'EXPIRED'", invited.at("id")))
			.isOne());
	}

	@ParameterizedTest
	@ValueSource(strings = { "ahead", "behind" })
	void aSessionAndItsFeedContinueRegardlessOfTheReplicasClock(String name) {
		Owner owner = new TestUsers(replica(name)).anOwner();
		try (Watcher watcher = owner.client().watch(owner.account(), null)) {
			watcher.next();
			owner.invite(TestUsers.anAddress(), "invoices");
			assertThat(watcher.next().event()).isEqualTo("invitation.created");
		}
		assertThat(owner.client().get("/session").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ahead", "behind" })
	void aFeedEndsWithItsSessionRegardlessOfTheReplicasClock(String name) {
		Owner owner = new TestUsers(replica(name)).anOwner();
		database.update("update session set expires_at = now() + interval '3 seconds' where user_id = ?::uuid",
				owner.person().id());
		try (Watcher watcher = owner.client().watch(owner.account(), null)) {
			watcher.next();
			watcher.awaitEnd(Duration.ofSeconds(5));
		}
	}

}
