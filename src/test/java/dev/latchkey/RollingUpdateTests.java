package dev.latchkey;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.ReconnectingWatcher;
import dev.latchkey.testing.ReverseProxy;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * All replicas are replaced, one by one, the new one first, behind a real proxy that asks
 * their probes, while people work and watch: no request fails, no event is lost or seen
 * twice.
 */
class RollingUpdateTests {

	private static final Logger logger = LoggerFactory.getLogger(RollingUpdateTests.class);

	private static final int REPLICAS = 3;

	private static final int WRITERS = 2;

	private static final int FOLLOWERS = 4;

	private final TestDatabase database = TestDatabase.create();

	private final List<String> faults = new CopyOnWriteArrayList<>();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicBoolean over = new AtomicBoolean();

	@Test
	void nobodyNoticesThatAllReplicasAreReplaced() throws InterruptedException {
		Deque<Service> replicas = new ArrayDeque<>();
		List<ReconnectingWatcher> followers = new ArrayList<>();
		try (ReverseProxy proxy = ReverseProxy.start(); MailServer mail = MailServer.start()) {
			for (int number = 0; number < REPLICAS; number++) {
				replicas.add(start(proxy, number, mail));
			}
			proxy.awaitState(proxy.slot(REPLICAS), false);
			Owner owner = new TestUsers(replicas.getFirst()).anOwner();
			Client client = owner.client().throughProxy(proxy.port());
			for (int number = 0; number < FOLLOWERS; number++) {
				followers.add(new ReconnectingWatcher(client, owner.account()).awaitStart());
			}
			List<Thread> writers = new ArrayList<>();
			for (int number = 0; number < WRITERS; number++) {
				writers.add(new Thread(() -> work(client, owner), "writer"));
			}
			writers.forEach(Thread::start);
			for (int number = REPLICAS; number < 2 * REPLICAS; number++) {
				replicas.add(start(proxy, number, mail));
				replicas.remove().close();
			}
			this.over.set(true);
			for (Thread writer : writers) {
				writer.join();
			}
			assertThat(this.faults).isEmpty();
			assertThat(followers).allSatisfy((follower) -> assertThat(follower.faults()).isEmpty());
			await().atMost(Duration.ofSeconds(15))
				.until(() -> this.database.number("select count(*) from outbox") == 0);
			long head = this.database.number("select feed_seq from account where id = ?::uuid", owner.account());
			await().atMost(Duration.ofSeconds(10))
				.until(() -> followers.stream().allMatch((follower) -> follower.seen().contains(head)));
			for (ReconnectingWatcher follower : followers) {
				assertThat(follower.seen()).isEqualTo(LongStream.rangeClosed(1, head).boxed().toList());
			}
			logger.warn("{} requests while {} replicas were replaced; {} events, each followed over {} streams",
					this.requests, REPLICAS, head, followers.stream().map(ReconnectingWatcher::streams).toList());
			assertThat(followers.stream().mapToInt(ReconnectingWatcher::streams).sum())
				.isGreaterThanOrEqualTo(2 * FOLLOWERS);
		}
		finally {
			followers.forEach(ReconnectingWatcher::close);
			replicas.forEach(Service::close);
		}
	}

	/**
	 * Invites, edits what is offered, and reads, one after the other.
	 */
	private void work(Client client, Owner owner) {
		while (!this.over.get()) {
			try {
				Answer created = expect(201, client.post(owner.path("/invitations"),
						Map.of("email", TestUsers.anAddress(), "permissions", List.of("invoices"))));
				expect(200, client.put(owner.path("/invitations/" + created.at("id") + "/permissions"),
						Map.of("permissions", List.of("tickets")), "If-Match", "\"1\""));
				expect(200, client.get(owner.path("/invitations?limit=5")));
			}
			catch (IllegalStateException ex) {
				this.faults.add(ex.getMessage() + ": " + ex.getCause());
			}
		}
	}

	private Answer expect(int status, Answer answer) {
		this.requests.incrementAndGet();
		if (answer.status() != status) {
			this.faults.add(answer.status() + " " + answer.text());
		}
		return answer;
	}

	/**
	 * Starts a replica and waits until the proxy sends requests to it.
	 */
	private Service start(ReverseProxy proxy, int number, MailServer mail) {
		ReverseProxy.Slot slot = proxy.slot(number);
		Service service = Service.on(this.database)
			.mailingTo(mail)
			.set("management.server.port", Integer.toString(slot.probe()))
			.set("latchkey.base-url", "http://localhost:" + proxy.port())
			.set("latchkey.shutdown.drain-delay", "1500ms")
			.set("latchkey.shutdown.close-window", "1s")
			.set("latchkey.invitations.max-creations-per-day", "1000000")
			.set("latchkey.invitations.max-pending", "1000000")
			.set("latchkey.database.pool-size", "4")
			.withOwnEventLoops()
			.start(slot.port());
		proxy.awaitState(slot, true);
		return service;
	}

}
