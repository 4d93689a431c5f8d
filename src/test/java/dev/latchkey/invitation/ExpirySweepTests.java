package dev.latchkey.invitation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the sweep on real rows. The tests start it themselves; the schedule is set to one
 * hour.
 */
@DatabaseTest
class ExpirySweepTests {

	private static final int BATCH = 100;

	static TestDatabase database;

	static Service service;

	static ExpirySweep sweep;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.invitations.sweep-interval", "1h")
			.set("latchkey.invitations.sweep-batch-size", Integer.toString(BATCH))
			.start();
		sweep = service.bean(ExpirySweep.class);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void deleteAllAccounts() {
		database.update("truncate account cascade");
	}

	@Test
	void marksOnlyOverdueInvitations() {
		UUID account = anAccount(3, 2);
		assertThat(sweep()).isEqualTo(3);
		assertThat(database.rows("select status, count(*) from invitation where account_id = ? group by 1 order by 1",
				account))
			.containsExactly(Map.of("status", "EXPIRED", "count", 3L), Map.of("status", "PENDING", "count", 2L));
		assertThat(
				database.number("select count(*) from invitation where status = 'EXPIRED' and ended_at <> expires_at"))
			.isZero();
		assertThat(sweep()).isZero();
		assertConsistent();
	}

	@Test
	void marksAllBatchesOfManyAccounts() {
		for (int count = 0; count < 60; count++) {
			anAccount(count % 7, 1);
		}
		anAccount(250, 0);
		long overdue = database.number("select count(*) from invitation where expires_at <= now()");
		assertThat(sweep()).isEqualTo(overdue);
		assertConsistent();
	}

	/**
	 * The events of an account are in the order in which its invitations expired.
	 */
	@Test
	void numbersEventsInTheOrderOfExpiry() {
		UUID account = anAccount(20, 0);
		sweep();
		assertThat(database.rows("""
				select e.seq from account_event e join invitation i on i.account_id = e.account_id
				   and i.id = e.invitation_id where e.account_id = ? order by i.expires_at, i.id
				""", account).stream().map((row) -> (Long) row.get("seq"))).isSorted().hasSize(20);
	}

	@Test
	void skipsALockedAccount() throws SQLException {
		UUID locked = anAccount(2, 0);
		UUID free = anAccount(2, 0);
		try (Connection connection = database.connect()) {
			connection.setAutoCommit(false);
			try (PreparedStatement lock = connection
				.prepareStatement("select 1 from account where id = ? for no key update")) {
				lock.setObject(1, locked);
				lock.executeQuery();
				assertThat(sweep()).isEqualTo(2);
				assertThat(expired(free)).isEqualTo(2);
				assertThat(expired(locked)).isZero();
			}
			connection.rollback();
		}
		assertThat(sweep()).isEqualTo(2);
		assertConsistent();
	}

	/**
	 * If a locked account has more overdue invitations than a batch, those of other
	 * accounts must still be marked.
	 */
	@Test
	void marksOtherAccountsDespiteALockedAccountWithMoreThanABatch() throws SQLException {
		UUID locked = anAccount(2 * BATCH, 0);
		UUID free = anAccount(2, 0);
		database.update("update invitation set issued_at = issued_at - interval '9 days',"
				+ " expires_at = expires_at - interval '9 days' where account_id = ?", locked);
		try (Connection connection = database.connect()) {
			connection.setAutoCommit(false);
			try (PreparedStatement lock = connection
				.prepareStatement("select 1 from account where id = ? for no key update")) {
				lock.setObject(1, locked);
				lock.executeQuery();
				assertThat(sweep()).isEqualTo(2);
				assertThat(expired(free)).isEqualTo(2);
			}
			connection.rollback();
		}
	}

	@Test
	void marksEachInvitationOnceInConcurrentSweeps() {
		createAccounts(40, 25);
		List<Mono<Long>> sweeps = new ArrayList<>();
		for (int count = 0; count < 4; count++) {
			sweeps.add(sweep.sweep().subscribeOn(Schedulers.boundedElastic()));
		}
		Long marked = Mono.zip(sweeps, (counts) -> List.of(counts).stream().mapToLong((count) -> (Long) count).sum())
			.block(Duration.ofSeconds(20));
		assertThat(Objects.requireNonNull(marked) + sweep()).isEqualTo(1000);
		assertConsistent();
	}

	@Test
	void marksTwentyThousandInvitations() {
		createAccounts(200, 100);
		ExpirySweep large = new ExpirySweep(service.bean(DatabaseClient.class), service.bean(InvitationNotifier.class),
				1000);
		long start = System.nanoTime();
		assertThat(large.sweep().block(Duration.ofSeconds(60))).isEqualTo(20_000);
		long millis = (System.nanoTime() - start) / 1_000_000;
		System.getLogger("sweep").log(System.Logger.Level.WARNING, "20,000 rows in {0} ms", millis);
		assertConsistent();
	}

	private static long sweep() {
		Long marked = sweep.sweep().block(Duration.ofSeconds(20));
		return (marked != null) ? marked : -1;
	}

	private static long expired(UUID account) {
		return database.number("select expired_count from account where id = ?", account);
	}

	/**
	 * Creates an account with overdue invitations, which expired one after the other, and
	 * live ones.
	 */
	private static UUID anAccount(int overdue, int live) {
		UUID account = UUID.randomUUID();
		database.update(
				"insert into account (id, owner_id, name, locale, pending_count, invitation_seq)"
						+ " values (?, ?, 'x', 'en', ?, ?)",
				account, UUID.randomUUID(), overdue + live, overdue + live);
		database.update("""
				insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox,
				                        permissions, locale, status, delivery_status, issued_at, expires_at)
				select ?, gen_random_uuid(), g, ?, g || '@example.com', g || '@example.com', g || '@example.com',
				       '{invoices}', 'en', 'PENDING', 'SENT', now() - interval '8 days',
				       case when g <= ? then now() - make_interval(secs => g) else now() + interval '1 day' end
				  from generate_series(1, ?) g
				""", account, UUID.randomUUID(), overdue, overdue + live);
		return account;
	}

	/**
	 * Creates many accounts with overdue invitations.
	 */
	private static void createAccounts(int count, int overdue) {
		database.update(
				"insert into account (id, owner_id, name, locale, pending_count, invitation_seq)"
						+ " select gen_random_uuid(), gen_random_uuid(), 'x', 'en', ?, ? from generate_series(1, ?)",
				overdue, overdue, count);
		database.update("""
				insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox,
				                        permissions, locale, status, delivery_status, issued_at, expires_at)
				select a.id, gen_random_uuid(), g, a.owner_id, g || '@example.com', g || '@example.com',
				       g || '@example.com', '{invoices}', 'en', 'PENDING', 'SENT', now() - interval '8 days',
				       now() - make_interval(secs => g)
				  from account a cross join generate_series(1, ?) g
				""", overdue);
	}

	/**
	 * Counters, statuses and events are consistent, and the sequence numbers have no gap.
	 */
	private static void assertConsistent() {
		assertThat(database.rows("""
				select a.id from account a
				 where a.pending_count <> (select count(*) from invitation i
				                            where i.account_id = a.id and i.status = 'PENDING')
				    or a.expired_count <> (select count(*) from invitation i
				                            where i.account_id = a.id and i.status = 'EXPIRED')
				    or a.feed_seq <> a.expired_count
				    or a.feed_seq <> (select count(distinct e.invitation_id) from account_event e
				                       where e.account_id = a.id and e.type = 'invitation.expired'
				                         and e.seq between 1 and a.feed_seq)
				    or a.feed_seq <> (select count(*) from account_event e where e.account_id = a.id)
				""")).isEmpty();
	}

}
