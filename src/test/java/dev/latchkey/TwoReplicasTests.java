package dev.latchkey;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.latchkey.testing.Client;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What happens at one of two replicas takes effect at the other one: events at once, or
 * by the poll if the connection between the replicas is cut, and the end of sessions and
 * memberships.
 */
@ServiceTest
class TwoReplicasTests {

	private static final Logger logger = LoggerFactory.getLogger(TwoReplicasTests.class);

	private static final int PROBES = 20;

	/** Enough to notice a reconnect delay that doubles with each cut. */
	private static final int CUTS = 6;

	/** A quarter of the time for an event that only the poll finds. */
	private static final Duration MAX_NOTIFIED_LATENCY = Duration.ofMillis(500);

	/** The two seconds of the poll, and time to read and write. */
	private static final Duration MAX_POLLED_LATENCY = Duration.ofSeconds(5);

	static TestDatabase database;

	static MailServer mail;

	static Service first;

	static Service second;

	static TestUsers users;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mail = MailServer.start();
		first = Service.on(database).mailingTo(mail).start();
		second = Service.on(database).mailingTo(mail).start();
		users = new TestUsers(first);
	}

	@AfterAll
	static void stop() {
		first.close();
		second.close();
		mail.close();
	}

	@Nested
	class Watching {

		/**
		 * Finds the connections between replicas by their last statement, which no
		 * connection of a pool executes.
		 */
		private static final String NOTIFICATION_CONNECTIONS = """
				datname = current_database() and pid <> pg_backend_pid()
				and (query = 'listen latchkey_feed' or query = 'select 1' or query like 'select pg_notify(%')
				""";

		@Test
		void anEventAtOneReplicaReachesWatchersAtTheOtherAtOnce() {
			Owner owner = users.anOwner();
			try (Watcher watcher = watchAtSecond(owner)) {
				assertThat(median(owner, watcher, "notified")).isLessThan(MAX_NOTIFIED_LATENCY);
			}
		}

		@Test
		void whenTheConnectionBetweenReplicasIsCutThePollFindsTheEventAndTheReplicasReconnect() {
			Owner owner = users.anOwner();
			try (Watcher watcher = watchAtSecond(owner)) {
				for (int cut = 0; cut < CUTS; cut++) {
					assertThat(cutConnections()).isEqualTo(2);
					assertThat(latency(owner, watcher)).isLessThan(MAX_POLLED_LATENCY);
					await().atMost(Duration.ofSeconds(15)).until(() -> openConnections() == 2);
				}
				assertThat(median(owner, watcher, "after the last cut")).isLessThan(MAX_NOTIFIED_LATENCY);
			}
		}

		private Watcher watchAtSecond(Owner owner) {
			Watcher watcher = owner.client().at(second).watch(owner.account(), null);
			assertThat(watcher.next().event()).isEqualTo("start");
			return watcher;
		}

		private Duration median(Owner owner, Watcher watcher, String what) {
			List<Duration> latencies = IntStream.range(0, PROBES)
				.mapToObj((probe) -> latency(owner, watcher))
				.sorted()
				.toList();
			logger.warn("An event at the other replica, {}: median {} ms, worst {} ms", what,
					latencies.get(PROBES / 2).toMillis(), latencies.get(PROBES - 1).toMillis());
			return latencies.get(PROBES / 2);
		}

		/**
		 * The time from the response to the command at one replica until the event
		 * arrives at the other.
		 */
		private Duration latency(Owner owner, Watcher watcher) {
			String address = TestUsers.anAddress();
			assertThat(owner.invite(address, "invoices").status()).isEqualTo(201);
			long responded = System.nanoTime();
			watcher.await((seen) -> seen.event().equals("invitation.created")
					&& seen.data().path("invitation").path("email").asString().equals(address));
			return Duration.ofNanos(System.nanoTime() - responded);
		}

		private long cutConnections() {
			return database.number(
					"select count(pg_terminate_backend(pid)) from pg_stat_activity where " + NOTIFICATION_CONNECTIONS);
		}

		private long openConnections() {
			return database.number("select count(*) from pg_stat_activity where " + NOTIFICATION_CONNECTIONS);
		}

	}

	@Nested
	class EndOfAccess {

		@Test
		void signingOutAtOneReplicaEndsTheSessionAndItsFeedAtTheOtherWithinTwoSeconds() {
			Owner owner = users.anOwner();
			Client atSecond = owner.client().at(second);
			try (Watcher watcher = atSecond.watch(owner.account(), null)) {
				assertThat(watcher.next().event()).isEqualTo("start");
				assertThat(atSecond.get("/session").status()).isEqualTo(200);
				assertThat(owner.client().delete("/session").status()).isEqualTo(204);
				long signedOut = System.nanoTime();
				await().atMost(Duration.ofSeconds(2))
					.pollInterval(Duration.ofMillis(20))
					.until(() -> atSecond.get("/session").status() == 401);
				long refused = System.nanoTime();
				watcher.awaitEnd(Duration.ofSeconds(2).minusNanos(refused - signedOut));
				logger.warn("After signing out at one replica the other refuses in {} ms and ends the feed in {} ms",
						TimeUnit.NANOSECONDS.toMillis(refused - signedOut),
						TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - signedOut));
			}
		}

		@Test
		void aRemovedMemberLosesAccessAtAllReplicasAtOnce() {
			Owner owner = users.anOwner();
			Person member = users.aUser();
			owner.invite(member.address(), "invoices");
			String token = mail.awaitMail(member.address()).token();
			assertThat(member.client().post("/invitations/accept", Map.of("token", token)).status()).isEqualTo(200);
			for (Service replica : List.of(first, second)) {
				assertThat(member.client().at(replica).get(owner.path("")).status()).isEqualTo(200);
			}
			assertThat(owner.client().delete(owner.path("/members/" + member.id())).status()).isEqualTo(204);
			for (Service replica : List.of(second, first)) {
				Client client = member.client().at(replica);
				assertThat(client.get(owner.path("")).status()).isEqualTo(404);
				assertThat(client.get(owner.path("/access?permission=invoices")).status()).isEqualTo(403);
				assertThat(client.get("/accounts").json().path("items")).isEmpty();
			}
		}

	}

}
