package dev.latchkey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.People;
import dev.latchkey.testing.People.Owner;
import dev.latchkey.testing.People.Person;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
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
 * Two replicas on one database are one service: any of them serves any request, both
 * sweep and relay, and what happens at one is known at the other.
 */
class TwoReplicasTests {

	private static final Logger logger = LoggerFactory.getLogger(TwoReplicasTests.class);

	private static final int PROBES = 20;

	/** A quarter of what an event takes that only the poll finds. */
	private static final Duration SIGNALLED = Duration.ofMillis(500);

	/** The poll's two seconds, and time to read and to write. */
	private static final Duration POLLED = Duration.ofSeconds(5);

	static TestDatabase database;

	static MailServer mail;

	static Service first;

	static Service second;

	static People people;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mail = MailServer.start();
		first = Service.on(database).mailingTo(mail).start();
		second = Service.on(database).mailingTo(mail).start();
		people = new People(first);
	}

	@AfterAll
	static void stop() {
		first.close();
		second.close();
		mail.close();
	}

	@Nested
	class Watching {

		/** What the connection between replicas did last; the pool's do none of this. */
		private static final String LINES = """
				datname = current_database() and pid <> pg_backend_pid()
				and (query = 'listen latchkey_feed' or query = 'select 1' or query like 'select pg_notify(%')
				""";

		@Test
		void whatOneReplicaDoesIsSeenAtTheOtherAtOnce() {
			Owner owner = people.anOwner();
			try (Watcher watcher = watchAtSecond(owner)) {
				assertThat(median(owner, watcher, "signalled")).isLessThan(SIGNALLED);
			}
		}

		@Test
		void whenTheLineBetweenReplicasIsCutThePollFindsTheEventAndTheLineComesBack() {
			Owner owner = people.anOwner();
			try (Watcher watcher = watchAtSecond(owner)) {
				for (int cut = 0; cut < 2; cut++) {
					assertThat(cutTheLines()).isEqualTo(2);
					assertThat(latency(owner, watcher)).isLessThan(POLLED);
					await().atMost(Duration.ofSeconds(10)).until(() -> openLines() == 2);
					assertThat(median(owner, watcher, "after a cut")).isLessThan(SIGNALLED);
				}
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
		 * From the command's answer at one replica to the event's arrival at the other.
		 */
		private Duration latency(Owner owner, Watcher watcher) {
			String address = People.anAddress();
			assertThat(owner.invite(address, "invoices").status()).isEqualTo(201);
			long answered = System.nanoTime();
			watcher.await((seen) -> seen.event().equals("invitation.created")
					&& seen.data().path("invitation").path("email").asString().equals(address));
			return Duration.ofNanos(System.nanoTime() - answered);
		}

		private long cutTheLines() {
			return database.number("select count(pg_terminate_backend(pid)) from pg_stat_activity where " + LINES);
		}

		private long openLines() {
			return database.number("select count(*) from pg_stat_activity where " + LINES);
		}

	}

	@Nested
	class SweepingAndRelaying {

		private static final int ACCOUNTS = 5;

		private static final int INVITATIONS = 80;

		@Test
		void everyMailGoesOutOnceAndEveryEventIsWrittenOnce() throws Exception {
			List<Owner> owners = IntStream.range(0, ACCOUNTS).mapToObj((number) -> people.anOwner()).toList();
			long started = System.nanoTime();
			List<String> addresses = inviteAtBoth(owners);
			await().atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofMillis(100))
				.until(() -> database.number("select count(*) from outbox") == 0);
			long sent = System.nanoTime();
			assertThat(mail.mails().stream().map(Mail::to).filter(addresses::contains))
				.containsExactlyInAnyOrderElementsOf(addresses);
			owners.forEach((owner) -> age(owner));
			await().atMost(Duration.ofSeconds(30))
				.pollInterval(Duration.ofMillis(50))
				.until(() -> database.number(
						"select count(*) from invitation where status = 'PENDING'" + " and expires_at <= now()") == 0);
			logger.warn("{} invitations created and mailed by two replicas in {} ms, swept in {} ms", addresses.size(),
					TimeUnit.NANOSECONDS.toMillis(sent - started),
					TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent));
			owners.forEach((owner) -> assertEverythingOnce(owner));
			assertThat(mail.mails().stream().map(Mail::to).filter(addresses::contains)).hasSameSizeAs(addresses);
		}

		private List<String> inviteAtBoth(List<Owner> owners) throws Exception {
			ExecutorService clients = Executors.newFixedThreadPool(8);
			try {
				List<Future<String>> invited = new ArrayList<>();
				for (int number = 0; number < ACCOUNTS * INVITATIONS; number++) {
					Owner owner = owners.get(number % ACCOUNTS);
					Service replica = (number % 2 == 0) ? first : second;
					invited.add(clients.submit(() -> invite(owner, replica)));
				}
				List<String> addresses = new ArrayList<>();
				for (Future<String> one : invited) {
					addresses.add(one.get(30, TimeUnit.SECONDS));
				}
				return addresses;
			}
			finally {
				clients.shutdown();
			}
		}

		private String invite(Owner owner, Service replica) {
			String address = People.anAddress();
			Answer answer = owner.client()
				.at(replica)
				.post(owner.path("/invitations"), Map.of("email", address, "permissions", List.of("invoices")));
			assertThat(answer.status()).as(answer.text()).isEqualTo(201);
			return address;
		}

		private void age(Owner owner) {
			assertThat(database.update("""
					update invitation set created_at = created_at - interval '7 days',
					       issued_at = issued_at - interval '7 days', expires_at = expires_at - interval '7 days'
					 where account_id = ?::uuid""", owner.account())).isEqualTo(INVITATIONS);
		}

		private void assertEverythingOnce(Owner owner) {
			List<Map<String, Object>> events = database.rows(
					"select seq, type, invitation_id from account_event where account_id = ?::uuid order by seq",
					owner.account());
			assertThat(events.stream().map((event) -> event.get("seq")))
				.containsExactlyElementsOf(LongStream.rangeClosed(1, 1 + 3 * INVITATIONS).boxed().toList());
			Map<Object, List<Object>> byInvitation = events.stream()
				.skip(1)
				.collect(Collectors.groupingBy((event) -> event.get("invitation_id"),
						Collectors.mapping((event) -> event.get("type"), Collectors.toList())));
			assertThat(byInvitation).hasSize(INVITATIONS);
			assertThat(byInvitation.values()).allSatisfy((types) -> assertThat(types)
				.containsExactly("invitation.created", "invitation.sent", "invitation.expired"));
			assertThat(owner.client().get(owner.path("/invitations")).json().path("counts").toString()).isEqualTo(
					"{\"pending\":0,\"accepted\":0,\"declined\":0,\"revoked\":0,\"expired\":" + INVITATIONS + "}");
		}

	}

	@Nested
	class EndingRights {

		@Test
		void signingOutAtOneReplicaEndsTheSessionAndItsFeedAtTheOtherWithinTwoSeconds() {
			Owner owner = people.anOwner();
			Client atSecond = owner.client().at(second);
			try (Watcher watcher = atSecond.watch(owner.account(), null)) {
				assertThat(watcher.next().event()).isEqualTo("start");
				assertThat(atSecond.get("/session").status()).isEqualTo(200);
				assertThat(owner.client().delete("/session").status()).isEqualTo(204);
				long over = System.nanoTime();
				await().atMost(Duration.ofSeconds(2))
					.pollInterval(Duration.ofMillis(20))
					.until(() -> atSecond.get("/session").status() == 401);
				long refused = System.nanoTime();
				watcher.awaitEnd(Duration.ofSeconds(2).minusNanos(refused - over));
				logger.warn("After signing out at one replica the other refuses in {} ms and ends the feed in {} ms",
						TimeUnit.NANOSECONDS.toMillis(refused - over),
						TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - over));
			}
		}

		@Test
		void aRemovedMemberIsOutEverywhereAtOnce() {
			Owner owner = people.anOwner();
			Person member = people.aUser();
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
