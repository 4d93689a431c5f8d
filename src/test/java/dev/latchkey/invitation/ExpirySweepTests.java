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

import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sweep over real rows, called by hand: the schedule of this service sleeps.
 */
@Tag("database")
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
	void nothingIsDue() {
		database.update("truncate account cascade");
	}

	@Test
	void marksWhatRanOutAndNothingElse() {
		UUID account = anAccount(3, 2);
		assertThat(swept()).isEqualTo(3);
		assertThat(database.rows("select status, count(*) from invitation where account_id = ? group by 1 order by 1",
				account))
			.containsExactly(Map.of("status", "EXPIRED", "count", 3L), Map.of("status", "PENDING", "count", 2L));
		assertThat(
				database.number("select count(*) from invitation where status = 'EXPIRED' and ended_at <> expires_at"))
			.isZero();
		assertThat(swept()).isZero();
		assertConsistent();
	}

	@Test
	void goesOnBatchAfterBatchThroughManyAccounts() {
		for (int count = 0; count < 60; count++) {
			anAccount(count % 7, 1);
		}
		anAccount(250, 0);
		long due = database.number("select count(*) from invitation where expires_at <= now()");
		assertThat(swept()).isEqualTo(due);
		assertConsistent();
	}

	/**
	 * The order of an account's events is the order in which its invitations ran out.
	 */
	@Test
	void numbersEventsInTheOrderOfTheEnds() {
		UUID account = anAccount(20, 0);
		swept();
		assertThat(database.rows("""
				select e.seq from account_event e join invitation i on i.account_id = e.account_id
				   and i.id = e.invitation_id where e.account_id = ? order by i.expires_at, i.id
				""", account).stream().map((row) -> (Long) row.get("seq"))).isSorted().hasSize(20);
	}

	@Test
	void skipsAnAccountThatSomebodyElseWorksOn() throws SQLException {
		UUID busy = anAccount(2, 0);
		UUID free = anAccount(2, 0);
		try (Connection connection = database.connect()) {
			connection.setAutoCommit(false);
			try (PreparedStatement lock = connection
				.prepareStatement("select 1 from account where id = ? for no key update")) {
				lock.setObject(1, busy);
				lock.executeQuery();
				assertThat(swept()).isEqualTo(2);
				assertThat(expired(free)).isEqualTo(2);
				assertThat(expired(busy)).isZero();
			}
			connection.rollback();
		}
		assertThat(swept()).isEqualTo(2);
		assertConsistent();
	}

	/**
	 * More due rows of a locked account than fit into a batch must not hide the others.
	 */
	@Test
	void reachesTheOthersBehindABusyAccountWithMoreThanABatch() throws SQLException {
		UUID busy = anAccount(2 * BATCH, 0);
		UUID free = anAccount(2, 0);
		database.update("update invitation set issued_at = issued_at - interval '9 days',"
				+ " expires_at = expires_at - interval '9 days' where account_id = ?", busy);
		try (Connection connection = database.connect()) {
			connection.setAutoCommit(false);
			try (PreparedStatement lock = connection
				.prepareStatement("select 1 from account where id = ? for no key update")) {
				lock.setObject(1, busy);
				lock.executeQuery();
				assertThat(swept()).isEqualTo(2);
				assertThat(expired(free)).isEqualTo(2);
			}
			connection.rollback();
		}
	}

	@Test
	void runsTwiceAtOnceWithoutMarkingTwice() {
		accounts(40, 25);
		List<Mono<Long>> sweeps = new ArrayList<>();
		for (int count = 0; count < 4; count++) {
			sweeps.add(sweep.sweep().subscribeOn(Schedulers.boundedElastic()));
		}
		Long marked = Mono.zip(sweeps, (counts) -> List.of(counts).stream().mapToLong((count) -> (Long) count).sum())
			.block(Duration.ofSeconds(20));
		assertThat(Objects.requireNonNull(marked) + swept()).isEqualTo(1000);
		assertConsistent();
	}

	@Test
	void marksTwentyThousandInSeconds() {
		accounts(200, 100);
		ExpirySweep large = new ExpirySweep(service.bean(DatabaseClient.class), service.bean(InvitationNotifier.class),
				1000);
		long begun = System.nanoTime();
		assertThat(large.sweep().block(Duration.ofSeconds(60))).isEqualTo(20_000);
		long millis = (System.nanoTime() - begun) / 1_000_000;
		System.getLogger("sweep").log(System.Logger.Level.WARNING, "20,000 rows in {0} ms", millis);
		assertConsistent();
	}

	private static long swept() {
		Long marked = sweep.sweep().block(Duration.ofSeconds(20));
		return (marked != null) ? marked : -1;
	}

	private static long expired(UUID account) {
		return database.number("select expired_count from account where id = ?", account);
	}

	/**
	 * An account with some invitations that ran out one after the other, and some that
	 * are live.
	 */
	private static UUID anAccount(int due, int live) {
		UUID account = UUID.randomUUID();
		database.update("insert into account (id, owner_id, name, locale, pending_count, invitation_seq)"
				+ " values (?, ?, 'x', 'en', ?, ?)", account, UUID.randomUUID(), due + live, due + live);
		database.update("""
				insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox,
				                        permissions, locale, status, delivery_status, issued_at, expires_at)
				select ?, gen_random_uuid(), g, ?, g || '@example.com', g || '@example.com', g || '@example.com',
				       '{invoices}', 'en', 'PENDING', 'SENT', now() - interval '8 days',
				       case when g <= ? then now() - make_interval(secs => g) else now() + interval '1 day' end
				  from generate_series(1, ?) g
				""", account, UUID.randomUUID(), due, due + live);
		return account;
	}

	/**
	 * Many accounts at once, each with some invitations that ran out.
	 */
	private static void accounts(int count, int due) {
		database.update(
				"insert into account (id, owner_id, name, locale, pending_count, invitation_seq)"
						+ " select gen_random_uuid(), gen_random_uuid(), 'x', 'en', ?, ? from generate_series(1, ?)",
				due, due, count);
		database.update("""
				insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox,
				                        permissions, locale, status, delivery_status, issued_at, expires_at)
				select a.id, gen_random_uuid(), g, a.owner_id, g || '@example.com', g || '@example.com',
				       g || '@example.com', '{invoices}', 'en', 'PENDING', 'SENT', now() - interval '8 days',
				       now() - make_interval(secs => g)
				  from account a cross join generate_series(1, ?) g
				""", due);
	}

	/**
	 * Counters, states and the log say the same, and numbers have no gap.
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
