package dev.latchkey.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.latchkey.shared.UserId;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.Watcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many watchers of one account, and watchers that do not read.
 */
@ServiceTest
class FeedCrowdTests {

	private static final int WATCHERS = 500;

	private static final int EVENTS = 100;

	static TestDatabase database;

	static Service service;

	static TestUsers users;

	private Owner owner;

	private FeedLog log;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database).start();
		users = new TestUsers(service);
	}

	@BeforeEach
	void createAccount() {
		this.owner = users.anOwner();
		this.log = new FeedLog(database, service, this.owner.account());
		assertThat(this.log.newest()).isEqualTo(1);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void everyOneOfFiveHundredWatchersReceivesEveryEvent() {
		List<Watcher> crowd = new ArrayList<>();
		for (int count = 0; count < WATCHERS; count++) {
			crowd.add(this.owner.client().watch(this.owner.account(), null));
			assertThat(crowd.get(count).next().event()).isEqualTo("start");
		}
		for (int count = 0; count < EVENTS; count++) {
			this.log.write(1);
		}
		for (Watcher watcher : crowd) {
			for (long seq = 2; seq <= EVENTS + 1; seq++) {
				assertThat(watcher.next().seq()).isEqualTo(seq);
			}
		}
		assertThat(service.bean(AccountTails.class).watchedAccounts()).containsExactly(this.log.id());
		crowd.forEach(Watcher::close);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> service.bean(AccountTails.class).watchedAccounts().isEmpty());
	}

	/**
	 * An event is read and encoded once per replica for any number of watchers: all of
	 * them receive the same frame.
	 */
	@Test
	void anEventIsEncodedOnceForAllWatchers() throws InterruptedException {
		Set<SseFrame> frames = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
		CountDownLatch started = new CountDownLatch(WATCHERS);
		CountDownLatch received = new CountDownLatch(WATCHERS * EVENTS);
		Disposable.Composite crowd = Disposables.composite();
		UserId watcher = new UserId(UUID.fromString(this.owner.person().id()));
		for (int count = 0; count < WATCHERS; count++) {
			crowd.add(service.bean(Feed.class)
				.watch(this.log.id(), watcher, Optional.empty(), Mono.never())
				.subscribe((frame) -> {
					if (frame.seq() == 1) {
						started.countDown();
					}
					else {
						frames.add(frame);
						received.countDown();
					}
				}));
		}
		assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
		for (int count = 0; count < EVENTS; count++) {
			this.log.write(1);
		}
		assertThat(received.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(frames).hasSize(EVENTS);
		crowd.dispose();
		await().until(() -> !service.bean(AccountTails.class).watchedAccounts().contains(this.log.id()));
	}

	/**
	 * A client that does not read needs a bounded amount of memory, delays no other
	 * client, and misses nothing when it reads later.
	 */
	@Test
	void aClientThatDoesNotReadDelaysNoOtherClientAndMissesNothing() throws IOException {
		int events = 20_000;
		try (Socket idle = idleWatcher(); Watcher active = this.owner.client().watch(this.owner.account(), null)) {
			active.next();
			for (int burst = 0; burst < 10; burst++) {
				this.log.write(events / 10);
			}
			for (long seq = 2; seq <= events + 1; seq++) {
				assertThat(active.next().seq()).isEqualTo(seq);
			}
			BufferedReader in = new BufferedReader(
					new InputStreamReader(idle.getInputStream(), StandardCharsets.UTF_8));
			for (long seq = 2; seq <= events + 1; seq++) {
				assertThat(nextId(in)).endsWith("-" + seq);
			}
		}
	}

	private Socket idleWatcher() throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4096);
		socket.setSoTimeout(15_000);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
		String request = "GET /api/v1" + this.owner.path("/events") + " HTTP/1.1\r\nHost: localhost\r\n"
				+ "Accept: text/event-stream\r\nAuthorization: Bearer " + this.owner.client().token() + "\r\n\r\n";
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8),
				1);
		assertThat(nextId(in)).endsWith("-1");
		return socket;
	}

	private static String nextId(BufferedReader in) throws IOException {
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			if (line.startsWith("id: ")) {
				return line;
			}
		}
		return "";
	}

}
