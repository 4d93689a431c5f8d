package dev.latchkey.retention;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.MailServer;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Invitations that ended long ago are deleted, and the counts of their account with them.
 */
@DatabaseTest
class InvitationPurgeTests {

	private static final Logger logger = LoggerFactory.getLogger(InvitationPurgeTests.class);

	static TestDatabase database;

	static MailServer mail;

	static Service service;

	static TestUsers users;

	static AgedRows agedRows;

	private Owner owner;

	private UUID account;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mail = MailServer.start();
		service = Service.on(database)
			.mailingTo(mail)
			.set("latchkey.retention.purge-interval", "1h")
			.set("latchkey.retention.events", "30d")
			.set("latchkey.retention.invitations", "30d")
			.set("latchkey.invitations.resend-cooldown", "0s")
			.start();
		users = new TestUsers(service);
		agedRows = new AgedRows(database);
	}

	@AfterAll
	static void stop() {
		service.close();
		mail.close();
	}

	@BeforeEach
	void createAccount() {
		this.owner = users.anOwner();
		this.account = UUID.fromString(this.owner.account());
	}

	@Test
	void oldEndedInvitationsAreDeletedAndNoLongerCounted() {
		String revoked = invite(TestUsers.anAddress());
		String address = TestUsers.anAddress();
		String declined = invite(address);
		String token = mail.awaitMail(address).token();
		assertThat(service.anonymous().post("/invitations/decline", Map.of("token", token)).status()).isEqualTo(204);
		assertThat(this.owner.client().send("POST", path(revoked) + "/revoke", null).status()).isEqualTo(200);
		new Tables(database).awaitEmptyOutbox();
		agedRows.ageEndedInvitations(this.account, 31);
		String fresh = invite(TestUsers.anAddress());
		new Tables(database).awaitEmptyOutbox();
		assertThat(this.owner.client().send("POST", path(fresh) + "/revoke", null).status()).isEqualTo(200);
		String pending = invite(TestUsers.anAddress());
		new Tables(database).awaitEmptyOutbox();

		assertThat(AgedRows.sum(AgedRows.purge(invitationPurge()))).isEqualTo(2);
		JsonNode list = this.owner.client().get(this.owner.path("/invitations")).json();
		assertThat(list.path("items")).extracting((item) -> item.path("id").asString()).containsExactly(pending, fresh);
		assertThat(list.path("counts").toString())
			.isEqualTo("{\"pending\":1,\"accepted\":0,\"declined\":0,\"revoked\":1,\"expired\":0}");
		assertThat(this.owner.client().get(path(declined)).status()).isEqualTo(404);
		assertThat(this.owner.client().get(path(declined) + "/events").status()).isEqualTo(404);
		assertThat(service.anonymous().post("/invitations/preview", Map.of("token", token)).status()).isEqualTo(404);
		assertThat(database.rows("select distinct subject_id::text as id from mail_attempt where shard_id = ?",
				this.account))
			.extracting((row) -> row.get("id"))
			.containsExactlyInAnyOrder(pending, fresh);
		assertThat(this.owner.invite(address, "invoices").status()).isEqualTo(201);
		assertThat(AgedRows.purge(invitationPurge())).isEmpty();
	}

	@Test
	void eventsOfADeletedInvitationContainItsIdOnly() {
		String address = TestUsers.anAddress();
		String id = invite(address);
		this.owner.client().send("POST", path(id) + "/revoke", null);
		agedRows.ageEndedInvitations(this.account, 31);
		AgedRows.purge(invitationPurge());
		String events = this.owner.client().get(this.owner.path("/events")).text();
		assertThat(events).contains("\"invitation\":{\"id\":\"" + id + "\"}").doesNotContain(address);
	}

	/**
	 * The row is checked again under the lock, after it was found without one.
	 */
	@Test
	void anInvitationThatIsResentDuringThePurgeStays() throws SQLException {
		insertDeclined(this.account, 2);
		database.update("update account set declined_count = 2 where id = ?", this.account);
		Object startTime = Objects.requireNonNull(database.rows("select clock_timestamp() as now").get(0).get("now"));
		CompletableFuture<List<Long>> purging;
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement
				.execute("update account set declined_count = 1, pending_count = 1 where id = '" + this.account + "'");
			statement.execute(
					"update invitation set status = 'PENDING', ended_at = null, expires_at = now() + interval '1 day' where number = 1"
							+ " and account_id = '" + this.account + "'");
			purging = invitationPurge().purge().collectList().toFuture();
			await().pollInterval(Duration.ofMillis(5)).until(() -> database.number("""
					select count(*) from pg_stat_activity
					 where query like '%gone as (%delete from invitation i%' and datname = current_database()
					   and pid <> pg_backend_pid() and query_start > ?
					""", startTime) > 0);
			connection.commit();
		}
		purging.join();
		AgedRows.purge(invitationPurge());
		assertThat(database.rows("select number, status from invitation where account_id = ?", this.account))
			.containsExactly(Map.of("number", 1L, "status", "PENDING"));
		assertThat(database.rows("select declined_count, pending_count from account where id = ?", this.account))
			.containsExactly(Map.of("declined_count", 0, "pending_count", 1));
	}

	/**
	 * A former member is kept while an event or an invitation mentions them.
	 */
	@Test
	void aPersonWhomNothingMentionsIsDeleted() {
		Person person = users.aUser();
		invite(person.address());
		String token = mail.awaitMail(person.address()).token();
		assertThat(person.client().post("/invitations/accept", Map.of("token", token)).status()).isEqualTo(200);
		assertThat(this.owner.client().delete(this.owner.path("/members/" + person.id())).status()).isEqualTo(204);
		new Tables(database).awaitEmptyOutbox();
		agedRows.ageEndedInvitations(this.account, 31);
		AgedRows.purge(invitationPurge());
		assertThat(knownPeople()).isEqualTo(2);
		agedRows.ageEvents(this.account, 31);
		this.owner.invite(TestUsers.anAddress(), "invoices");
		AgedRows.purge(AgedRows.task(service, "eventPurge"));
		assertThat(knownPeople()).isEqualTo(1);
		assertThat(this.owner.client().get(this.owner.path("/members")).json().path("items")).hasSize(1);
	}

	@Test
	void twoReplicasDeleteManyInvitationsWhileOneAccountIsLocked() throws SQLException {
		database.update("update account set accepted_count = 0, declined_count = 500 where id = ?", this.account);
		insertDeclined(this.account, 500);
		for (int count = 0; count < 39; count++) {
			UUID other = UUID.fromString(users.anOwner().account());
			database.update("update account set declined_count = 500 where id = ?", other);
			insertDeclined(other, 500);
		}
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("select 1 from account where id = '" + this.account + "' for no key update");
			long start = System.nanoTime();
			CompletableFuture<List<Long>> first = invitationPurge().purge().collectList().toFuture();
			CompletableFuture<List<Long>> second = invitationPurge().purge().collectList().toFuture();
			long deleted = AgedRows.sum(first.join()) + AgedRows.sum(second.join());
			logger.warn("{} invitations in {} ms", deleted, (System.nanoTime() - start) / 1_000_000);
			assertThat(deleted).isEqualTo(39 * 500);
			assertThat(first.join()).allMatch((batch) -> batch <= 1000);
			connection.rollback();
		}
		assertThat(AgedRows.sum(AgedRows.purge(invitationPurge()))).isEqualTo(500);
		assertThat(database.number("select count(*) from account where declined_count <> 0")).isZero();
	}

	private static void insertDeclined(UUID account, int count) {
		database.update("""
				insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox,
				                        permissions, locale, status, delivery_status, issued_at, expires_at, ended_at)
				select ?, gen_random_uuid(), g, ?, g || '@example.com', g || '@example.com', g || '@example.com',
				       '{invoices}', 'en', 'DECLINED', 'SENT', now() - interval '50 days', now() - interval '43 days',
				       now() - interval '45 days'
				  from generate_series(1, ?) g
				""", account, UUID.randomUUID(), count);
	}

	private static PurgeTask invitationPurge() {
		return AgedRows.task(service, "invitationPurge");
	}

	private String invite(String address) {
		return this.owner.invite(address, "invoices").at("id");
	}

	private String path(String invitation) {
		return this.owner.path("/invitations/" + invitation);
	}

	private long knownPeople() {
		return database.number("select count(*) from account_person where account_id = ?", this.account);
	}

}
