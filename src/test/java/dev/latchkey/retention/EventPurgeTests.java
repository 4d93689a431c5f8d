package dev.latchkey.retention;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.latchkey.feed.Feed;
import dev.latchkey.shared.AccountId;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.PagedList;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.Watcher;
import dev.latchkey.testing.Watcher.Seen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Old events are deleted from the beginning of a log, and its readers are told where it
 * begins. The service's own schedule does not run during these tests.
 */
@DatabaseTest
class EventPurgeTests {

	private static final Logger logger = LoggerFactory.getLogger(EventPurgeTests.class);

	private static final int BATCH = 1000;

	static TestDatabase database;

	static Service service;

	static TestUsers users;

	static AgedRows agedRows;

	private Owner owner;

	private UUID account;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.retention.purge-interval", "1h")
			.set("latchkey.retention.events", "30d")
			.set("latchkey.invitations.max-creations-per-day", "100000")
			.set("latchkey.invitations.max-pending", "100000")
			.set("latchkey.feed.buffer-size", "8")
			.start();
		users = new TestUsers(service);
		agedRows = new AgedRows(database);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void createAccount() {
		AgedRows.purge(eventPurge());
		this.owner = users.anOwner();
		this.account = UUID.fromString(this.owner.account());
	}

	@Nested
	class Purging {

		@Test
		void deletesOldEventsFromTheBeginningOnly() {
			agedRows.ageEvents(account, 40);
			long old = agedRows.events(account, 5, 31);
			agedRows.events(account, 4, 29);
			assertThat(AgedRows.purge(eventPurge())).containsExactly(old);
			assertThat(agedRows.oldest(account)).isEqualTo(old + 1);
			assertThat(keptEvents()).isEqualTo(4);
			assertThat(AgedRows.purge(eventPurge())).isEmpty();
			assertThat(agedRows.events(account, 1, 0)).isEqualTo(old + 5);
			assertThat(keptEvents()).isEqualTo(5);
		}

		@Test
		void keepsTheNewestEventUntilThereIsANewerOne() {
			agedRows.ageEvents(account, 90);
			long newest = agedRows.events(account, 7, 60);
			assertThat(AgedRows.purge(eventPurge())).containsExactly(newest - 1);
			assertThat(agedRows.oldest(account)).isEqualTo(newest);
			assertThat(AgedRows.purge(eventPurge())).isEmpty();
			agedRows.events(account, 1, 0);
			database.update("update account set log_since = log_since - interval '1 day' where id = ?", account);
			assertThat(AgedRows.purge(eventPurge())).containsExactly(1L);
			assertThat(agedRows.oldest(account)).isEqualTo(newest + 1);
		}

		@Test
		void deletesAHundredThousandEventsInShortBatchesWhileCommandsRun() {
			agedRows.ageEvents(account, 40);
			agedRows.events(account, 100_000, 31);
			agedRows.events(account, 1, 0);
			long start = System.nanoTime();
			List<Long> batches = new ArrayList<>();
			List<Long> waits = new ArrayList<>();
			CompletableFuture<List<Long>> purging = CompletableFuture.completedFuture(batches);
			do {
				if (purging.isDone()) {
					purging = eventPurge().purge().doOnNext(batches::add).collectList().toFuture();
				}
				long requested = System.nanoTime();
				assertThat(owner.invite(TestUsers.anAddress(), "invoices").status()).isEqualTo(201);
				waits.add((System.nanoTime() - requested) / 1_000_000);
			}
			while (agedRows.oldest(account) < 100_002 || !purging.isDone());
			long millis = (System.nanoTime() - start) / 1_000_000;
			logger.warn("100,000 events in {} ms; the slowest of {} concurrent commands took {} ms", millis,
					waits.size(), waits.stream().max(Long::compare).orElseThrow());
			assertThat(batches).allMatch((batch) -> batch <= BATCH);
			assertThat(AgedRows.sum(batches)).isEqualTo(100_001);
			assertThat(waits).allMatch((wait) -> wait < 2000);
			assertThat(database
				.number("select max(seq) - min(seq) + 1 - count(*) from account_event where account_id = ?", account))
				.isZero();
		}

		@Test
		void canRunOnTwoReplicasAtOnce() {
			for (int count = 0; count < 30; count++) {
				UUID other = UUID.fromString(users.anOwner().account());
				agedRows.ageEvents(other, 40);
				agedRows.events(other, 3000, 31);
				agedRows.events(other, 1, 0);
			}
			long start = System.nanoTime();
			CompletableFuture<List<Long>> first = eventPurge().purge().collectList().toFuture();
			CompletableFuture<List<Long>> second = eventPurge().purge().collectList().toFuture();
			assertThat(first.join()).isNotEmpty();
			assertThat(second.join()).isNotEmpty();
			logger.warn("90,030 events by two replicas in {} ms", (System.nanoTime() - start) / 1_000_000);
			assertThat(AgedRows.sum(first.join()) + AgedRows.sum(second.join())).isEqualTo(30 * 3001);
		}

		@Test
		void skipsLockedAccounts() throws SQLException {
			agedRows.ageEvents(account, 40);
			long old = agedRows.events(account, 5, 31);
			agedRows.events(account, 1, 0);
			UUID free = UUID.fromString(users.anOwner().account());
			agedRows.ageEvents(free, 40);
			agedRows.events(free, 1, 0);
			try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
				connection.setAutoCommit(false);
				statement.execute("select 1 from account where id = '" + account + "' for no key update");
				assertThat(AgedRows.purge(eventPurge())).containsExactly(1L);
				connection.rollback();
			}
			assertThat(AgedRows.purge(eventPurge())).containsExactly(old);
		}

	}

	@Nested
	class Reading {

		private long oldest;

		@BeforeEach
		void writeOldEvents() {
			agedRows.ageEvents(account, 40);
			agedRows.events(account, 20, 31);
			agedRows.events(account, 30, 1);
		}

		@Test
		void aLiveStreamIsNotAffected() {
			try (Watcher watcher = owner.client().watch(owner.account(), null)) {
				assertThat(watcher.next().event()).isEqualTo("start");
				purge();
				long next = write();
				assertThat(watcher.next().seq()).isEqualTo(next).isEqualTo(52);
			}
		}

		@Test
		void aStreamIsResetIfItsPositionIsBeforeTheBeginning() {
			String position = owner.client().get(owner.path("/invitations")).at("position");
			purge();
			for (long seq : List.of(0L, 1L, this.oldest - 2)) {
				try (Watcher watcher = owner.client().resume(owner.account(), at(position, seq))) {
					Seen reset = watcher.next();
					assertThat(reset.event()).isEqualTo("reset");
					assertThat(reset.id()).isEqualTo(at(position, agedRows.newest(account)));
				}
			}
			try (Watcher watcher = owner.client().resume(owner.account(), at(position, this.oldest - 1))) {
				for (long seq = this.oldest; seq <= agedRows.newest(account); seq++) {
					assertThat(watcher.next().seq()).isEqualTo(seq);
				}
			}
			try (Watcher watcher = owner.client().watch(owner.account(), position)) {
				long next = write();
				assertThat(watcher.next().seq()).isEqualTo(next);
			}
		}

		@Test
		void pagesEndWhereTheLogBegins() {
			purge();
			List<JsonNode> trail = PagedList.all(owner.client(), owner.path("/events?limit=7"));
			assertThat(trail).hasSize(30);
			assertThat(trail.get(29).path("seq").asLong()).isEqualTo(this.oldest);
			JsonNode last = owner.client().get(owner.path("/events?cursor=" + (this.oldest + 3))).json();
			assertThat(last.path("items")).hasSize(3);
			assertThat(last.path("oldest").asLong()).isEqualTo(this.oldest);
			assertThat(owner.client().get(owner.path("/events?limit=5")).json().has("oldest")).isFalse();
		}

		@Test
		void eventsAfterAPositionAreCompleteOrRefused() {
			String position = owner.client().get(owner.path("/invitations")).at("position");
			purge();
			for (String mediaType : List.of("application/json", "application/x-ndjson", "text/csv")) {
				Response gap = events(at(position, 3), mediaType);
				assertThat(List.of(gap.status(), gap.code())).isEqualTo(List.of(400, "invalid-cursor"));
				assertThat(events(at(position, this.oldest - 1), mediaType).status()).isEqualTo(200);
			}
			Response whole = events(at(position, 0), "application/x-ndjson");
			assertThat(whole.text().lines()).hasSize(30);
			assertThat(whole.text()).startsWith("{\"seq\":" + this.oldest + ",");
		}

		private Response events(String after, String mediaType) {
			return owner.client().get(owner.path("/events?after=" + after), "Accept", mediaType);
		}

		private long write() {
			long seq = agedRows.events(account, 1, 0);
			service.bean(Feed.class).notifyAppended(new AccountId(account));
			return seq;
		}

		private void purge() {
			AgedRows.purge(eventPurge());
			this.oldest = agedRows.oldest(account);
			assertThat(this.oldest).isEqualTo(22);
		}

		private static String at(String position, long seq) {
			return position.replaceAll("-.*", "-" + seq);
		}

	}

	private static PurgeTask eventPurge() {
		return AgedRows.task(service, "eventPurge");
	}

	private long keptEvents() {
		return database.number("select count(*) from account_event where account_id = ?", this.account);
	}

}
