package dev.latchkey.retention;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Expired rows are deleted, in batches of four, so that each table needs several. All
 * other rows stay.
 */
@DatabaseTest
class ExpiredRowPurgeTests {

	static TestDatabase database;

	static Service service;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.retention.purge-interval", "1h")
			.set("latchkey.retention.idempotency-keys", "156h")
			.set("latchkey.retention.expired-links", "156h")
			.set("latchkey.retention.purge-batch-size", "4")
			.start();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void clearTables() {
		database.update("""
				truncate account, session, session_end, sign_up, password_reset, mail_attempt, throttle,
				         address_attempt, known_source, mailbox_quota, idempotency_receipt cascade
				""");
	}

	@Test
	void expiredRowsAreDeletedAndOthersStay() {
		insertSessions();
		insertSignUpsAndResets();
		insertCounts();
		insertAccountRows();
		purgeTwice();
		assertThat(remainingRows())
			.isEqualTo(Map.ofEntries(Map.entry("session", 10L), Map.entry("session_end", 5L), Map.entry("sign_up", 6L),
					Map.entry("password_reset", 6L), Map.entry("mail_attempt", 12L), Map.entry("throttle", 15L),
					Map.entry("address_attempt", 15L), Map.entry("known_source", 8L), Map.entry("mailbox_quota", 11L),
					Map.entry("idempotency_receipt", 18L), Map.entry("invitee_quota", 21L)));
	}

	@Test
	void eventsAndInvitationsAreKeptForeverByDefault() {
		database.update("""
				insert into account (id, owner_id, name, locale, feed_seq)
				values (gen_random_uuid(), gen_random_uuid(), 'x', 'en', 2)
				""");
		database
			.update("""
					insert into account_event (account_id, seq, type, actor_kind, at)
					select id, g, 'invitation.expired', 'SYSTEM', '-infinity' from account cross join generate_series(1, 2) g
					""");
		assertThat(service.bean(RetentionJob.class).purge().block()).isZero();
		assertThat(database.number("select count(*) from account_event")).isEqualTo(2);
	}

	private static void insertSessions() {
		database.update("""
				insert into session (token_hash, id, user_id, idle_until, expires_at)
				select decode(g::text, 'escape'), gen_random_uuid(), gen_random_uuid(),
				       now() + case when g % 3 = 0 then interval '1 hour' else interval '-1 second' end,
				       now() + interval '1 day'
				  from generate_series(1, 30) g
				""");
		database.update("""
				insert into session_end
				select gen_random_uuid(), now() - make_interval(mins => g * 10) from generate_series(1, 30) g
				""");
	}

	private static void insertSignUpsAndResets() {
		database.update("""
				insert into sign_up (id, email, canonical_email, locale, expires_at)
				select gen_random_uuid(), 'x', 'x', 'en', now() - make_interval(days => g) from generate_series(1, 30) g
				""");
		database.update("""
				insert into mail_attempt (shard_id, subject_id, version, attempt, outcome, answer)
				select id, id, 1, 1, 'SENT', '' from sign_up
				""");
		database.update("""
				insert into password_reset (user_id, id, expires_at)
				select gen_random_uuid(), gen_random_uuid(), now() - make_interval(days => g)
				  from generate_series(1, 30) g
				""");
		database.update("""
				insert into mail_attempt (shard_id, subject_id, version, attempt, outcome, answer)
				select user_id, id, 1, 1, 'SENT', '' from password_reset
				""");
	}

	private static void insertCounts() {
		database.update("""
				insert into throttle
				select g::text, now() - make_interval(hours => g * 3), 1 from generate_series(1, 30) g
				""");
		database.update("""
				insert into address_attempt
				select g::text, g::text, 1, now() - make_interval(hours => g * 3) from generate_series(1, 30) g
				""");
		database.update("""
				insert into known_source
				select g::text, g::text, now() - make_interval(days => g * 10) from generate_series(1, 30) g
				""");
		database.update("""
				insert into mailbox_quota
				select g::text, now() - make_interval(mins => g * 10), 1 from generate_series(1, 30) g
				""");
	}

	private static void insertAccountRows() {
		database.update("""
				insert into account (id, owner_id, name, locale)
				select gen_random_uuid(), gen_random_uuid(), 'x', 'en' from generate_series(1, 3)
				""");
		database.update("""
				insert into idempotency_receipt (shard_id, caller_id, key, fingerprint, subject_id, created_at)
				select a.id, a.id, g::text, '', a.id, now() - make_interval(days => g)
				  from account a cross join generate_series(1, 10) g
				""");
		database.update("""
				insert into invitee_quota
				select a.id, g::text, now() - make_interval(hours => g * 6), 0
				  from account a cross join generate_series(1, 10) g
				""");
	}

	/**
	 * Runs the job on two replicas at once, and then on one.
	 */
	private static void purgeTwice() {
		RetentionJob job = service.bean(RetentionJob.class);
		job.purge().mergeWith(job.purge()).blockLast();
		job.purge().block();
	}

	private static Map<String, Long> remainingRows() {
		return List
			.of("session", "session_end", "sign_up", "password_reset", "mail_attempt", "throttle", "address_attempt",
					"known_source", "mailbox_quota", "idempotency_receipt", "invitee_quota")
			.stream()
			.collect(Collectors.toMap((table) -> table, (table) -> database.number("select count(*) from " + table)));
	}

}
