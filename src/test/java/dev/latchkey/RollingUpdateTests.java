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
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.ReconnectingWatcher;
import dev.latchkey.testing.ReverseProxy;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Replaces all replicas one by one, each new one before an old one stops, behind a real
 * proxy that checks their readiness, while clients write and watch. No request fails, and
 * no event is lost or received twice.
 */
@ServiceTest
class RollingUpdateTests {

	private static final Logger logger = LoggerFactory.getLogger(RollingUpdateTests.class);

	private static final int REPLICAS = 3;

	private static final int WRITERS = 2;

	private static final int WATCHERS = 4;

	private final TestDatabase database = TestDatabase.create();

	private final List<String> faults = new CopyOnWriteArrayList<>();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicBoolean finished = new AtomicBoolean();

	@Test
	void clientsDoNotNoticeThatAllReplicasAreReplaced() throws InterruptedException {
		Deque<Service> replicas = new ArrayDeque<>();
		List<ReconnectingWatcher> watchers = new ArrayList<>();
		try (ReverseProxy proxy = ReverseProxy.start(); MailServer mail = MailServer.start()) {
			for (int number = 0; number < REPLICAS; number++) {
				replicas.add(start(proxy, number, mail));
			}
			proxy.awaitState(proxy.slot(REPLICAS), false);
			Owner owner = new TestUsers(replicas.getFirst()).anOwner();
			Client client = owner.client().throughProxy(proxy.port());
			for (int number = 0; number < WATCHERS; number++) {
				watchers.add(new ReconnectingWatcher(client, owner.account()).awaitStart());
			}
			List<Thread> writers = startWriters(client, owner);
			for (int number = REPLICAS; number < 2 * REPLICAS; number++) {
				replicas.add(start(proxy, number, mail));
				replicas.remove().close();
			}
			this.finished.set(true);
			for (Thread writer : writers) {
				writer.join();
			}
			assertThat(this.faults).isEmpty();
			assertThat(watchers).allSatisfy((watcher) -> assertThat(watcher.faults()).isEmpty());
			long head = awaitHead(owner);
			assertReceivedAll(watchers, head);
			logger.warn("{} requests while {} replicas were replaced; {} events, each received over {} streams",
					this.requests, REPLICAS, head, watchers.stream().map(ReconnectingWatcher::streams).toList());
			assertThat(watchers.stream().mapToInt(ReconnectingWatcher::streams).sum())
				.isGreaterThanOrEqualTo(2 * WATCHERS);
		}
		finally {
			watchers.forEach(ReconnectingWatcher::close);
			replicas.forEach(Service::close);
		}
	}

	private List<Thread> startWriters(Client client, Owner owner) {
		List<Thread> writers = new ArrayList<>();
		for (int number = 0; number < WRITERS; number++) {
			writers.add(new Thread(() -> writeAndRead(client, owner), "writer"));
		}
		writers.forEach(Thread::start);
		return writers;
	}

	/**
	 * Waits until all mails are sent, after which no further event is written.
	 * @return the number of the newest event
	 */
	private long awaitHead(Owner owner) {
		await().atMost(Duration.ofSeconds(15)).until(() -> this.database.number("select count(*) from outbox") == 0);
		return this.database.number("select feed_seq from account where id = ?::uuid", owner.account());
	}

	private static void assertReceivedAll(List<ReconnectingWatcher> watchers, long head) {
		await().atMost(Duration.ofSeconds(10))
			.until(() -> watchers.stream().allMatch((watcher) -> watcher.received().contains(head)));
		for (ReconnectingWatcher watcher : watchers) {
			assertThat(watcher.received()).isEqualTo(LongStream.rangeClosed(1, head).boxed().toList());
		}
	}

	/**
	 * Creates an invitation, edits its permissions and lists invitations, repeatedly.
	 */
	private void writeAndRead(Client client, Owner owner) {
		while (!this.finished.get()) {
			try {
				Response created = expect(201, client.post(owner.path("/invitations"),
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

	private Response expect(int status, Response response) {
		this.requests.incrementAndGet();
		if (response.status() != status) {
			this.faults.add(response.status() + " " + response.text());
		}
		return response;
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
