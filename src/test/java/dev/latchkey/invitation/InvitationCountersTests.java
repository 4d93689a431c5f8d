package dev.latchkey.invitation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.MetricsScrape;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.Service;
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
 * What is counted of invitations and limits, told by what the monitoring gets, after
 * commands over HTTP. What the log has written down is the measure: each of its events is
 * counted once.
 */
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

	/**
	 * It sweeps when it is told to.
	 */
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
			.set("latchkey.sessions.max-attempts-per-address", "2")
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
	void look() {
		this.owner = users.anOwner();
		new Tables(database).awaitEmptyOutbox();
		awaitTheLogsNumbers();
		this.before = scraped(INVITATIONS, "outcome");
		this.limitsBefore = scraped(LIMITS, "limit");
	}

	@Test
	void theWholeLifeIsCounted() {
		Person known = users.aUser();
		String accepted = invite(known.address());
		known.client().post("/invitations/accept", Map.of("token", token(accepted, 1)));
		String joined = invite(TestUsers.anAddress());
		Answer login = service.anonymous()
			.post("/invitations/accept",
					Map.of("token", token(joined, 1), "name", "Jo", "password", "nine green herons"));
		assertThat(login.status()).as(login.text()).isEqualTo(200);
		String declined = invite(TestUsers.anAddress());
		service.anonymous().post("/invitations/decline", Map.of("token", token(declined, 1)));
		String bad = TestUsers.anAddress();
		mail.answer(bad, Step.RCPT, "550 5.1.1 no such user");
		String revoked = invite(bad);
		awaitTheLogsNumbers();
		edit(revoked);
		act(revoked, "revoke");

		assertThat(changes()).isEqualTo(Map.of("created", 4L, "accepted", 2L, "declined", 1L, "delivery-failed", 1L,
				"sent", changes().get("sent"), "permissions-changed", 1L, "revoked", 1L));
	}

	@Test
	void whatRanOutIsCountedOnceWhoeverMarksIt() {
		// A full account would mark all of them before it creates one more.
		database.update("update account set max_pending = 100 where id = ?::uuid", this.owner.account());
		String overwritten = TestUsers.anAddress();
		String resent = TestUsers.anAddress();
		invite(overwritten);
		String resentId = invite(resent);
		String revokedId = invite(TestUsers.anAddress());
		invite(TestUsers.anAddress());
		new Tables(database).awaitEmptyOutbox();
		assertThat(database.letSevenDaysPass(this.owner.account(), "%")).isEqualTo(4);

		invite(overwritten);
		act(resentId, "resend");
		act(revokedId, "revoke");
		assertThat(changes()).containsEntry("expired", 3L);
		// A sweep leaves an account for later whose mail is just being settled.
		new Tables(database).awaitEmptyOutbox();
		service.bean(ExpirySweep.class).sweep().block(Duration.ofSeconds(20));
		assertThat(changes()).containsEntry("expired", 4L)
			.containsEntry("resent", 1L)
			.containsEntry("revoked", 1L)
			.containsEntry("created", 5L);
	}

	@Test
	void whatAFullAccountMarksFirstIsCountedToo() {
		for (int count = 0; count < 4; count++) {
			invite(TestUsers.anAddress());
		}
		database.letSevenDaysPass(this.owner.account(), "%");
		invite(TestUsers.anAddress());
		assertThat(changes()).containsEntry("created", 5L).containsEntry("expired", 4L);
	}

	@Test
	void manyByOneRequestAreCountedOneByOneAndARepetitionIsNot() {
		String lapsed = TestUsers.anAddress();
		invite(lapsed);
		database.letSevenDaysPass(this.owner.account(), "%");
		for (int time = 0; time < 2; time++) {
			Answer answer = bulk(lapsed, TestUsers.anAddress(), "nobody");
			assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		}
		assertThat(changes()).containsEntry("created", 3L).containsEntry("expired", 1L);
	}

	@Test
	void whatIsRefusedChangesNoNumberButItsLimits() {
		String address = TestUsers.anAddress();
		String id = invite(address);
		new Tables(database).awaitEmptyOutbox();
		awaitTheLogsNumbers();
		Map<String, Long> quiet = changes();
		assertThat(this.owner.invite(address, "quotes").status()).isEqualTo(409);
		assertThat(this.owner.client().send("POST", path(id) + "/resend", null).status()).isEqualTo(429);
		assertThat(changes()).isEqualTo(quiet);
		assertThat(limits()).isEqualTo(Map.of("cooldown", 1L));
	}

	@Test
	void everyLimitIsCountedByItsName() {
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

		String somebody = TestUsers.anAddress();
		for (int attempt = 0; attempt < 4; attempt++) {
			service.anonymous().post("/session", Map.of("email", somebody, "password", "wrong password"));
		}
		assertThat(limits()).isEqualTo(Map.of("pending", 3L, "creations", 2L, "sign-in address", 2L));
	}

	@Test
	void aMailboxThatHasHadEnoughIsALimitToo() {
		String address = TestUsers.anAddress();
		String id = invite(address);
		for (int time = 0; time < 2; time++) {
			database.update("update invitation set issued_at = issued_at - interval '2 minutes' where id = ?::uuid",
					id);
			act(id, "resend");
		}
		database.update("update invitation set issued_at = issued_at - interval '2 minutes' where id = ?::uuid", id);
		assertThat(this.owner.client().send("POST", path(id) + "/resend", null).status()).isEqualTo(429);
		assertThat(limits()).isEqualTo(Map.of("resends", 1L));
	}

	/**
	 * The numbers are the log's: whatever it has written since the service began, and no
	 * more.
	 */
	private static void awaitTheLogsNumbers() {
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(scraped(INVITATIONS, "outcome")).isEqualTo(logged()));
	}

	private static Map<String, Long> logged() {
		Map<String, Long> counts = new TreeMap<>();
		database.rows("""
				select replace(type, 'invitation.', '') as outcome, count(*) as events
				  from account_event where type like 'invitation.%' group by type
				""").forEach((row) -> counts.put((String) row.get("outcome"), (Long) row.get("events")));
		return counts;
	}

	/**
	 * What has been counted since the test began, when it agrees with the log.
	 */
	private Map<String, Long> changes() {
		awaitTheLogsNumbers();
		return difference(scraped(INVITATIONS, "outcome"), this.before);
	}

	private Map<String, Long> limits() {
		return difference(scraped(LIMITS, "limit"), this.limitsBefore);
	}

	private static Map<String, Long> difference(Map<String, Long> now, Map<String, Long> before) {
		Map<String, Long> difference = new TreeMap<>();
		now.forEach((name, count) -> {
			long more = count - before.getOrDefault(name, 0L);
			if (more != 0) {
				difference.put(name, more);
			}
		});
		return difference;
	}

	private static Map<String, Long> scraped(String name, String label) {
		return MetricsScrape.of(MANAGEMENT).sumByLabel(label, name);
	}

	private String invite(String address) {
		Answer answer = this.owner.invite(address, "quotes");
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return answer.at("id");
	}

	private Answer bulk(String... addresses) {
		StringBuilder lines = new StringBuilder();
		for (String address : addresses) {
			lines.append("{\"email\":\"").append(address).append("\",\"permissions\":[\"quotes\"]}\n");
		}
		return this.owner.client()
			.post(this.owner.path("/invitations"), lines.toString(), "Content-Type", "application/x-ndjson",
					"Idempotency-Key", "bulk-" + addresses.length);
	}

	private void act(String id, String deed) {
		Answer answer = this.owner.client().send("POST", path(id) + "/" + deed, null);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
	}

	private void edit(String id) {
		Answer answer = this.owner.client()
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
