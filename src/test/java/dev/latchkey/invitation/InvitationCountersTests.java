package dev.latchkey.invitation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MetricsScrape;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.Tables;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the metrics of invitations and limits, as they are scraped after commands over
 * HTTP. They must agree with the event log: each event is counted once.
 */
@ServiceTest
class InvitationCountersTests {

	private static final int MANAGEMENT = Service.freePort();

	private static final String INVITATIONS = "latchkey_invitations_total";

	private static final String LIMITS = "latchkey_limits_hit_total";

	static TestDatabase database;

	static ScriptedMailServer mail;

	static Service service;

	static TestUsers users;

	private Owner owner;

	private Map<String, Long> before;

	private Map<String, Long> limitsBefore;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mail = ScriptedMailServer.start();
		service = Service.on(database)
			.set("latchkey.mail.host", "127.0.0.1")
			.set("latchkey.mail.port", Integer.toString(mail.port()))
			.set("latchkey.mail.transport", "SMTP")
			.set("latchkey.invitations.sweep-interval", "1h")
			.set("latchkey.invitations.max-resends-per-day", "2")
			.set("latchkey.invitations.max-creations-per-day", "6")
			.set("latchkey.invitations.max-pending", "4")
			.set("latchkey.sessions.max-attempts-per-address-and-source", "2")
			.set("management.server.port", Integer.toString(MANAGEMENT))
			.start();
		users = new TestUsers(service);
	}

	@AfterAll
	static void stop() {
		service.close();
		mail.close();
	}

	@BeforeEach
	void createOwnerAndReadMetrics() {
		this.owner = users.anOwner();
		new Tables(database).awaitEmptyOutbox();
		awaitSameCountsAsEventLog();
		this.before = scraped(INVITATIONS, "outcome");
		this.limitsBefore = scraped(LIMITS, "limit");
	}

	@Test
	void allCommandsAreCountedAndRepeatedAnswersAreNot() {
		Person known = users.aUser();
		String accepted = invite(known.address());
		postTwice(known.client(), "accept", Map.of("token", token(accepted, 1)), 200);
		String joined = invite(TestUsers.anAddress());
		postTwice(service.anonymous(), "accept",
				Map.of("token", token(joined, 1), "name", "Jo", "password", "nine green herons"), 200);
		String declined = invite(TestUsers.anAddress());
		postTwice(service.anonymous(), "decline", Map.of("token", token(declined, 1)), 204);
		String bad = TestUsers.anAddress();
		mail.answer(bad, Step.RCPT, "550 5.1.1 no such user");
		String revoked = invite(bad);
		awaitSameCountsAsEventLog();
		edit(revoked);
		run(revoked, "revoke");

		assertThat(changes()).isEqualTo(Map.of("created", 4L, "accepted", 2L, "declined", 1L, "delivery-failed", 1L,
				"sent", changes().get("sent"), "permissions-changed", 1L, "revoked", 1L));
	}

	@Test
	void anExpiryIsCountedOnceForEachWayOfMarking() {
		// If the limit were reached, the creation would mark all of them.
		database.update("update account set max_pending = 100 where id = ?::uuid", this.owner.account());
		String invitedAgain = TestUsers.anAddress();
		String resent = TestUsers.anAddress();
		invite(invitedAgain);
		String resentId = invite(resent);
		String revokedId = invite(TestUsers.anAddress());
		invite(TestUsers.anAddress());
		new Tables(database).awaitEmptyOutbox();
		assertThat(database.letSevenDaysPass(this.owner.account(), "%")).isEqualTo(4);

		invite(invitedAgain);
		run(resentId, "resend");
		run(revokedId, "revoke");
		assertThat(changes()).containsEntry("expired", 3L);
		// The sweep skips an account that is locked while a delivery is recorded.
		new Tables(database).awaitEmptyOutbox();
		service.bean(ExpirySweep.class).sweep().block(Duration.ofSeconds(20));
		assertThat(changes()).containsEntry("expired", 4L)
			.containsEntry("resent", 1L)
			.containsEntry("revoked", 1L)
			.containsEntry("created", 5L);
	}

	@Test
	void expiriesThatFreeCapacityAreCounted() {
		for (int count = 0; count < 4; count++) {
			invite(TestUsers.anAddress());
		}
		database.letSevenDaysPass(this.owner.account(), "%");
		invite(TestUsers.anAddress());
		assertThat(changes()).containsEntry("created", 5L).containsEntry("expired", 4L);
	}

	@Test
	void eachInvitationOfABulkRequestIsCountedAndAReplayIsNot() {
		String overdue = TestUsers.anAddress();
		invite(overdue);
		database.letSevenDaysPass(this.owner.account(), "%");
		for (int attempt = 0; attempt < 2; attempt++) {
			Response answer = bulk(overdue, TestUsers.anAddress(), "nobody");
			assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		}
		assertThat(changes()).containsEntry("created", 3L).containsEntry("expired", 1L);
	}

	@Test
	void aRefusedCommandCountsOnlyItsLimit() {
		String address = TestUsers.anAddress();
		String id = invite(address);
		new Tables(database).awaitEmptyOutbox();
		awaitSameCountsAsEventLog();
		Map<String, Long> countsBefore = changes();
		assertThat(this.owner.invite(address, "quotes").status()).isEqualTo(409);
		assertThat(this.owner.client().send("POST", path(id) + "/resend", null).status()).isEqualTo(429);
		assertThat(changes()).isEqualTo(countsBefore);
		assertThat(limits()).isEqualTo(Map.of("cooldown", 1L));
	}

	@Test
	void eachLimitIsCountedByItsName() {
		for (int count = 0; count < 4; count++) {
			invite(TestUsers.anAddress());
		}
		assertThat(this.owner.invite(TestUsers.anAddress(), "quotes").status()).isEqualTo(409);
		bulk("a" + TestUsers.anAddress(), "b" + TestUsers.anAddress());
		assertThat(limits()).isEqualTo(Map.of("pending", 3L));

		database.update("update account set max_pending = 100 where id = ?::uuid", this.owner.account());
		invite(TestUsers.anAddress());
		invite(TestUsers.anAddress());
		assertThat(this.owner.invite(TestUsers.anAddress(), "quotes").status()).isEqualTo(429);
		bulk("c" + TestUsers.anAddress());
		assertThat(limits()).isEqualTo(Map.of("pending", 3L, "creations", 2L));

		String unknownAddress = TestUsers.anAddress();
		for (int attempt = 0; attempt < 4; attempt++) {
			service.anonymous().post("/session", Map.of("email", unknownAddress, "password", "wrong password"));
		}
		assertThat(limits()).isEqualTo(Map.of("pending", 3L, "creations", 2L, "sign-in address and source", 2L));
	}

	@Test
	void theLimitOfMailsToAnInviteeIsCounted() {
		String address = TestUsers.anAddress();
		String id = invite(address);
		for (int attempt = 0; attempt < 2; attempt++) {
			database.update("update invitation set issued_at = issued_at - interval '2 minutes' where id = ?::uuid",
					id);
			run(id, "resend");
		}
		database.update("update invitation set issued_at = issued_at - interval '2 minutes' where id = ?::uuid", id);
		assertThat(this.owner.client().send("POST", path(id) + "/resend", null).status()).isEqualTo(429);
		assertThat(limits()).isEqualTo(Map.of("resends", 1L));
	}

	/**
	 * Waits until the metrics agree with the events written since the service started.
	 */
	private static void awaitSameCountsAsEventLog() {
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(scraped(INVITATIONS, "outcome")).isEqualTo(eventCounts()));
	}

	private static Map<String, Long> eventCounts() {
		Map<String, Long> counts = new TreeMap<>();
		database.rows("""
				select replace(type, 'invitation.', '') as outcome, count(*) as events
				  from account_event where type like 'invitation.%' group by type
				""").forEach((row) -> counts.put((String) row.get("outcome"), (Long) row.get("events")));
		return counts;
	}

	/**
	 * The counts since the start of the test, after they agree with the event log.
	 */
	private Map<String, Long> changes() {
		awaitSameCountsAsEventLog();
		return difference(scraped(INVITATIONS, "outcome"), this.before);
	}

	private Map<String, Long> limits() {
		return difference(scraped(LIMITS, "limit"), this.limitsBefore);
	}

	private static Map<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
		Map<String, Long> difference = new TreeMap<>();
		after.forEach((name, count) -> {
			long added = count - before.getOrDefault(name, 0L);
			if (added != 0) {
				difference.put(name, added);
			}
		});
		return difference;
	}

	private static Map<String, Long> scraped(String name, String label) {
		return MetricsScrape.of(MANAGEMENT).sumByLabel(label, name);
	}

	private String invite(String address) {
		Response answer = this.owner.invite(address, "quotes");
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return answer.at("id");
	}

	private Response bulk(String... addresses) {
		StringBuilder lines = new StringBuilder();
		for (String address : addresses) {
			lines.append("{\"email\":\"").append(address).append("\",\"permissions\":[\"quotes\"]}\n");
		}
		return this.owner.client()
			.post(this.owner.path("/invitations"), lines.toString(), "Content-Type", "application/x-ndjson",
					"Idempotency-Key", "bulk-" + addresses.length);
	}

	private void run(String id, String command) {
		Response answer = this.owner.client().send("POST", path(id) + "/" + command, null);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
	}

	private static void postTwice(Client client, String answer, Map<String, String> body, int status) {
		for (int attempt = 0; attempt < 2; attempt++) {
			Response response = client.post("/invitations/" + answer, body);
			assertThat(response.status()).as(response.text()).isEqualTo(status);
		}
	}

	private void edit(String id) {
		Response answer = this.owner.client()
			.put(path(id) + "/permissions", Map.of("permissions", List.of("orders")), "If-Match", "\"1\"");
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
	}

	private String path(String id) {
		return this.owner.path("/invitations/" + id);
	}

	private String token(String invitation, int version) {
		return service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, UUID.fromString(this.owner.account()), UUID.fromString(invitation),
					version)
			.text();
	}

}
