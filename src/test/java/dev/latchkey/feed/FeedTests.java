package dev.latchkey.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.Watcher;
import dev.latchkey.testing.Watcher.Seen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The feed over a real port: a watcher receives every event once and in order, starting
 * exactly after the position that it has seen, and only as long as it has access.
 */
@DatabaseTest
class FeedTests {

	private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

	static MailServer mail;

	static TestDatabase database;

	static Service service;

	static TestUsers users;

	private Owner owner;

	private FeedLog log;

	@BeforeAll
	static void start() {
		mail = MailServer.start();
		database = TestDatabase.create();
		service = Service.on(database)
			.mailingTo(mail)
			.set("latchkey.feed.heartbeat-interval", "200ms")
			.set("latchkey.feed.buffer-size", "8")
			.set("latchkey.feed.poll-interval", "1s")
			.start();
		users = new TestUsers(service);
	}

	@AfterAll
	static void stop() {
		service.close();
		mail.close();
	}

	@BeforeEach
	void createAccount() {
		this.owner = users.anOwner();
		this.log = new FeedLog(database, service, this.owner.account());
		assertThat(this.log.newest()).isEqualTo(1);
	}

	@Nested
	class Start {

		@Test
		void withoutACursorReportsThePositionAndContinuesFromThere() {
			log.write(3);
			try (Watcher watcher = watch(null)) {
				Seen start = watcher.next();
				assertThat(start.event()).isEqualTo("start");
				assertThat(start.seq()).isEqualTo(4);
				assertThat(start.data().path("position").asString()).isEqualTo(start.id());
				log.write(2);
				assertThat(numbers(watcher, 2)).containsExactly(5L, 6L);
			}
		}

		@Test
		void isExactlyAfterTheLastEventIdOrTheParameter() {
			log.write(5);
			String second = position(2);
			try (Watcher resumed = owner.client().resume(owner.account(), second); Watcher watcher = watch(second)) {
				assertThat(numbers(resumed, 4)).containsExactly(3L, 4L, 5L, 6L);
				assertThat(numbers(watcher, 4)).containsExactly(3L, 4L, 5L, 6L);
				log.write(1);
				assertThat(resumed.next().id()).isEqualTo(position(7));
				assertThat(watcher.next().id()).isEqualTo(position(7));
			}
		}

		/**
		 * A list contains the position at which it was read: a client that reads a list
		 * and then watches from its position misses no event and receives none twice.
		 */
		@Test
		void atAListsPositionHasNoGapAndNoDuplicateDuringWrites() {
			CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
				for (int count = 0; count < 150; count++) {
					log.write(1);
				}
			});
			List<Watcher> watchers = new ArrayList<>();
			List<Long> positions = new ArrayList<>();
			for (long mark = 10; mark < 140; mark += 13) {
				long reached = mark;
				await().pollInterval(Duration.ofMillis(5)).until(() -> log.newest() >= reached);
				String position = owner.client().get(owner.path("/invitations")).at("position");
				positions.add(seq(position));
				watchers.add(watch(position));
			}
			writing.join();
			for (int index = 0; index < watchers.size(); index++) {
				assertReceivesAll(watchers.get(index), positions.get(index) + 1, log.newest());
			}
			assertThat(positions).isSorted();
			assertThat(positions.get(0)).isLessThan(150);
			watchers.forEach(Watcher::close);
		}

		@Test
		void atAListsPositionMatchesTheContentsOfTheList() {
			CompletableFuture<Void> inviting = CompletableFuture.runAsync(() -> {
				for (int count = 0; count < 30; count++) {
					owner.invite(TestUsers.anAddress(), "invoices");
				}
			});
			while (!inviting.isDone()) {
				Client.Response list = owner.client().get(owner.path("/invitations?limit=100"));
				long shown = list.json().path("items").size();
				assertThat(database.number("select count(*) from account_event where account_id = ? and seq <= ?"
						+ " and type = 'invitation.created'", log.id().value(), seq(list.at("position"))))
					.isEqualTo(shown)
					.isEqualTo(list.json().path("counts").path("pending").asLong());
			}
			inviting.join();
		}

		@ParameterizedTest
		@ValueSource(strings = { "1-1", "garbage", "0-0", "99999999999999999999-1", "1-1%0d%0aevent:x", "%2B1-1" })
		void atAnInvalidCursorOrOneOfAnotherDatabaseIsReset(String cursor) {
			assertReset(watch(cursor));
		}

		@Test
		void atAPositionInTheFutureIsReset() {
			assertReset(watch(position(1000)));
			assertReset(owner.client().resume(owner.account(), position(1000)));
			assertReset(owner.client().resume(owner.account(), "garbage"));
		}

		private void assertReset(Watcher watcher) {
			try (watcher) {
				long now = log.newest();
				Seen reset = watcher.next();
				assertThat(reset.event()).isEqualTo("reset");
				assertThat(reset.id()).isEqualTo(position(now)).isEqualTo(reset.data().path("position").asString());
				log.write(1);
				assertThat(watcher.next().seq()).isEqualTo(now + 1);
			}
		}

	}

	@Nested
	class UserText {

		/**
		 * A name or a reason cannot end a line, an event or a stream.
		 */
		@ParameterizedTest
		@ValueSource(
				strings = { "a\u2028b\u2029c", "\"quotes\" \\ 'and' </script>", "x\n\nevent: evil\nid: 9\ndata: {}\n\n",
						"x\r\revent: evil\r\ndata: {}\r\n\r\n", "\u0085 \u000B \uFEFF:" })
		void arrivesCompleteAndAsOneEvent(String text) {
			database.update("update account_person set name = ? where account_id = ?", text, log.id().value());
			String id = owner.invite(TestUsers.anAddress(), "invoices").at("id");
			database.update("update invitation set decline_reason = ? where id = ?", text, UUID.fromString(id));
			database.update("update account_event set type = 'invitation.declined', user_id = actor_id"
					+ " where account_id = ? and seq = 2", log.id().value());
			try (Watcher watcher = watch(position(1))) {
				Seen seen = watcher.next();
				assertThat(seen.seq()).isEqualTo(2);
				assertThat(seen.data().path("actor").path("name").asString()).isEqualTo(text);
				assertThat(seen.data().path("user").path("name").asString()).isEqualTo(text);
				assertThat(seen.data().path("invitation").path("declineReason").asString()).isEqualTo(text);
				assertThat(watcher.next().seq()).isEqualTo(3);
			}
		}

	}

	@Nested
	class AWatcher {

		@Test
		void receivesHeartbeatsOnAnIdleStream() {
			try (Watcher watcher = watch(null)) {
				watcher.next();
				await().atMost(Duration.ofSeconds(3)).until(() -> watcher.heartbeats() >= 3);
			}
		}

		@Test
		void farBehindReceivesAllOldEventsAndThenTheNewOnes() {
			log.writeWithoutNotification(2500);
			try (Watcher watcher = watch(position(0))) {
				assertReceivesAll(watcher, 1, 2501);
				log.write(1);
				assertThat(watcher.next().seq()).isEqualTo(2502);
			}
		}

		@Test
		void missesNothingInBurstsLargerThanTheBuffer() {
			try (Watcher one = watch(position(1)); Watcher two = watch(position(1))) {
				for (int burst = 0; burst < 20; burst++) {
					log.write(50);
				}
				assertReceivesAll(one, 2, 1001);
				assertReceivesAll(two, 2, 1001);
			}
		}

		@Test
		void receivesEventsWithoutANotificationWithinOnePoll() {
			try (Watcher watcher = watch(null)) {
				watcher.next();
				log.writeWithoutNotification(1);
				assertThat(watcher.next().seq()).isEqualTo(2);
			}
		}

	}

	@Nested
	class AStreamEnds {

		@Test
		void whenItsWatcherSignsOut() {
			try (Watcher watcher = watch(null)) {
				watcher.next();
				assertThat(owner.client().delete("/session").status()).isEqualTo(204);
				watcher.awaitEnd(TWO_SECONDS);
			}
		}

		@Test
		void whenItsWatchersPasswordIsReset() {
			String address = owner.person().address();
			try (Watcher watcher = watch(null)) {
				watcher.next();
				assertThat(service.anonymous().post("/password-resets", Map.of("email", address)).status())
					.isEqualTo(202);
				String token = mail.awaitMail(address).token();
				assertThat(service.anonymous()
					.post("/password-resets/confirmation", Map.of("token", token, "password", "nine yellow herons"))
					.status()).isBetween(200, 204);
				watcher.awaitEnd(TWO_SECONDS);
			}
		}

		@Test
		void whenTheAccountHasAnotherOwner() {
			Owner other = users.anOwner();
			try (Watcher withoutCursor = watch(null); Watcher withCursor = watch(position(0))) {
				withoutCursor.next();
				withCursor.next();
				transferOwnership(UUID.fromString(other.person().id()));
				log.writeWithoutNotification(1);
				withoutCursor.awaitEnd(TWO_SECONDS);
				withCursor.awaitEnd(TWO_SECONDS);
				assertThat(owner.client().get(owner.path("/events")).status()).isEqualTo(404);
				assertThat(owner.client().get(owner.path("/events"), "Accept", "text/event-stream").status())
					.isEqualTo(404);
				try (Watcher newOwner = other.client().watch(owner.account(), position(1))) {
					assertThat(newOwner.next().seq()).isEqualTo(2);
				}
			}
		}

	}

	private void transferOwnership(UUID newOwner) {
		UUID account = this.log.id().value();
		database.update("delete from membership where account_id = ?", account);
		database.update("insert into account_person select ?, id, email, name from users where id = ?", account,
				newOwner);
		database.update("insert into membership (account_id, user_id, canonical_email, owner, permissions, number)"
				+ " select ?, id, canonical_email, true, '{}', 9 from users where id = ?", account, newOwner);
		database.update("update account set owner_id = ? where id = ?", newOwner, account);
	}

	private Watcher watch(@Nullable String after) {
		return this.owner.client().watch(this.owner.account(), after);
	}

	private String position(long seq) {
		return Objects.requireNonNull(service.bean(Feed.class).position(seq).block()).toString();
	}

	private static long seq(String position) {
		return Long.parseLong(position.replaceAll(".*-", ""));
	}

	private static List<Long> numbers(Watcher watcher, int count) {
		return LongStream.range(0, count).mapToObj((index) -> watcher.next().seq()).toList();
	}

	private static void assertReceivesAll(Watcher watcher, long from, long to) {
		for (long seq = from; seq <= to; seq++) {
			assertThat(watcher.next().seq()).isEqualTo(seq);
		}
	}

}
