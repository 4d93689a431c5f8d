package dev.latchkey;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.Watcher;
import io.netty.util.internal.PlatformDependent;
import io.r2dbc.pool.ConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that disconnect or stop reading at any moment do not affect other clients.
 */
@ServiceTest
class ClientDisconnectTests {

	private static final int DISCONNECTS = Integer.getInteger("latchkey.test.hang-ups", 600);

	private static final int CLIENTS = 8;

	private static final int STALLED_WATCHERS = 30;

	private static final String MANY_EVENTS = """
			with bumped as (
			    update account set feed_seq = feed_seq + 20000 where id = ?::uuid returning id, owner_id, feed_seq)
			insert into account_event (account_id, seq, type, actor_kind, actor_id, permissions)
			select id, feed_seq - 20000 + n, 'member.permissions-changed', 'USER', owner_id,
			       array['profile', 'contacts', 'products', 'manageproducts', 'productsso', 'domains', 'invoices']
			  from bumped cross join generate_series(1, 20000) as n
			""";

	static TestDatabase database;

	static Service service;

	static Owner owner;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.invitations.max-creations-per-day", "1000000")
			.set("latchkey.invitations.max-pending", "1000000")
			.start();
		owner = new TestUsers(service).anOwner();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	/**
	 * Half of the requests are writes, and each write is done completely or not at all.
	 */
	@Test
	void disconnectsAtAnyMomentLeakNothing() throws Exception {
		inParallel(CLIENTS, (client) -> sendAndDisconnect(new Random(client), DISCONNECTS / CLIENTS));
		await().atMost(Duration.ofMinutes(2)).until(() -> database.number("select count(*) from outbox") == 0);
		ConnectionPool pool = service.bean(ConnectionPool.class);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> pool.getMetrics().orElseThrow().acquiredSize() == 0
					&& pool.getMetrics().orElseThrow().pendingAcquireSize() == 0);
		assertThat(database.number("""
				select count(*) from pg_stat_activity
				 where datname = current_database() and state like 'idle in transaction%'
				""")).isZero();
		assertEveryWriteIsComplete();
		assertThat(owner.client().get(owner.path("/invitations")).status()).isEqualTo(200);
	}

	@Test
	void watchersThatNeverReadUseLittleMemoryAndDelayNoOtherClient() throws Exception {
		Owner watched = new TestUsers(service).anOwner();
		String position = watched.client().get(watched.path("/invitations")).at("position");
		List<Socket> stalled = new ArrayList<>();
		try {
			for (int count = 0; count < STALLED_WATCHERS; count++) {
				stalled.add(watchWithoutReading(watched, position));
			}
			long before = usedMemory();
			database.update(MANY_EVENTS, watched.account());
			String invitee = TestUsers.anAddress();
			try (Watcher reader = watched.client().watch(watched.account(), position)) {
				long start = System.nanoTime();
				assertThat(watched.invite(invitee, "quotes").status()).isEqualTo(201);
				reader.await((seen) -> seen.event().equals("invitation.created"));
				double seconds = (System.nanoTime() - start) / 1e9;
				assertThat(reader.seen()).hasSizeGreaterThan(20_000);
				assertThat(seconds).as("seconds for 20,000 events, each checked against the API description")
					.isLessThan(60);
			}
			assertThat(usedMemory() - before).isLessThan(STALLED_WATCHERS * (2L << 20));
			Response response = watched.client().get(watched.path("/members"));
			assertThat(response.status()).isEqualTo(200);
		}
		finally {
			for (Socket socket : stalled) {
				socket.close();
			}
		}
	}

	private static void sendAndDisconnect(Random random, int times) throws IOException {
		for (int time = 0; time < times; time++) {
			byte[] request = request(random);
			try (Socket socket = RawHttp.connect(service)) {
				socket.setSoLinger(random.nextBoolean(), 0);
				int cut = (random.nextInt(4) == 0) ? random.nextInt(request.length) : request.length;
				socket.getOutputStream().write(request, 0, cut);
				if (cut == request.length) {
					waitBeforeDisconnect(socket, random);
				}
			}
			catch (IOException reset) {
				// The service may reset the connection of a client that disconnects.
			}
		}
	}

	/**
	 * Returns at once, after a few milliseconds, after the first byte, or after most of
	 * the response.
	 */
	private static void waitBeforeDisconnect(Socket socket, Random random) throws IOException {
		switch (random.nextInt(4)) {
			case 0 -> {
			}
			case 1 -> {
				socket.setSoTimeout(1 + random.nextInt(8));
				socket.getInputStream().read();
			}
			case 2 -> socket.getInputStream().read();
			default -> socket.getInputStream().readNBytes(300);
		}
	}

	private static byte[] request(Random random) {
		String token = "Bearer " + owner.client().token();
		String base = "/api/v1" + owner.path("");
		return switch (random.nextInt(6)) {
			case 0, 1, 2 -> {
				String body = "{\"email\":\"" + TestUsers.anAddress() + "\",\"permissions\":[\"quotes\",\"orders\"]}";
				yield (RawHttp.head("POST", base + "/invitations", "Authorization", token, "Content-Type",
						"application/json", "Content-Length", Integer.toString(body.length())) + body)
					.getBytes(StandardCharsets.US_ASCII);
			}
			case 3 -> RawHttp.head("GET", base + "/invitations?limit=100", "Authorization", token)
				.getBytes(StandardCharsets.US_ASCII);
			case 4 ->
				RawHttp.head("GET", base + "/events?after=1-1", "Authorization", token, "Accept", "text/event-stream")
					.getBytes(StandardCharsets.US_ASCII);
			default ->
				RawHttp.head("GET", base + "/members", "Authorization", token).getBytes(StandardCharsets.US_ASCII);
		};
	}

	private static void assertEveryWriteIsComplete() {
		Map<String, Object> counts = database.rows("""
				select (select count(*) from invitation i where i.account_id = a.id) as invitations,
				       (select count(*) from account_event e where e.account_id = a.id
				           and e.type = 'invitation.created') as created,
				       (select count(*) from account_person p where p.account_id = a.id) as persons,
				       a.invitation_seq as numbers, a.pending_count::bigint as pending, a.feed_seq as seq,
				       (select count(*) from account_event e where e.account_id = a.id) as events,
				       (select count(*) from invitation i where i.account_id = a.id and i.delivery_status = 'QUEUED'
				           and not exists (select 1 from outbox o where o.subject_id = i.id)) as without_outbox
				  from account a where a.id = ?::uuid
				""", owner.account()).get(0);
		assertThat(counts.get("invitations")).isEqualTo(counts.get("created")).isEqualTo(counts.get("numbers"));
		assertThat(counts.get("pending")).isEqualTo(counts.get("invitations"));
		assertThat(counts.get("seq")).isEqualTo(counts.get("events"));
		assertThat(counts.get("without_outbox")).isEqualTo(0L);
	}

	private static Socket watchWithoutReading(Owner owner, String position) throws IOException {
		Socket socket = RawHttp.connect(service, 4096);
		socket.getOutputStream()
			.write(RawHttp
				.head("GET", "/api/v1" + owner.path("/events?after=" + position), "Authorization",
						"Bearer " + owner.client().token(), "Accept", "text/event-stream")
				.getBytes(StandardCharsets.US_ASCII));
		assertThat(socket.getInputStream().readNBytes(12)).asString(StandardCharsets.US_ASCII)
			.isEqualTo("HTTP/1.1 200");
		return socket;
	}

	private static long usedMemory() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory() + PlatformDependent.usedDirectMemory();
	}

	private static void inParallel(int threads, Work work) throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> running = new ArrayList<>();
			IntStream.range(0, threads).forEach((number) -> running.add(pool.submit(() -> {
				work.run(number);
				return null;
			})));
			for (Future<?> each : running) {
				each.get();
			}
		}
		finally {
			pool.shutdown();
		}
	}

	/**
	 * The work of one client.
	 */
	private interface Work {

		void run(int number) throws IOException;

	}

}
