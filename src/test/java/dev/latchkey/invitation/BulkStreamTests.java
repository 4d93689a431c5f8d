package dev.latchkey.invitation;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.latchkey.testing.LockedAccount;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.StreamingExchange;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A bulk request in progress: request and response are streamed at the same time, and a
 * request that is cut off leaves only complete lines.
 */
@ServiceTest
class BulkStreamTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final int LINES = Integer.getInteger("latchkey.test.bulk-lines", 15_000);

	/**
	 * Less than 600 bytes for each line, so that memory kept for each line would exceed
	 * it.
	 */
	private static final long MAX_HEAP_GROWTH = 24L << 20;

	static TestDatabase database;

	static Service service;

	static TestUsers users;

	private Owner owner;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.invitations.bulk-idle-timeout", "2s")
			.replace("outboxRelayRunner", Object.class, "mail stays in the outbox")
			.start();
		users = new TestUsers(service);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void createAccountWithHighLimits() {
		this.owner = users.anOwner();
		database.update("update account set max_pending = 1000000, max_creations_per_day = 1000000 where id = ?::uuid",
				this.owner.account());
	}

	@Test
	void theFirstResultArrivesBeforeTheLastLineIsSent() {
		try (StreamingExchange bulk = ndjson(65_536)) {
			for (int line = 1; line <= 3; line++) {
				bulk.send(row(TestUsers.anAddress()));
				assertThat(result(bulk)).isEqualTo("created " + line);
			}
			bulk.send(row(TestUsers.anAddress()) + row(TestUsers.anAddress()).stripTrailing());
			bulk.end();
			assertThat(List.of(result(bulk), result(bulk))).containsExactly("created 4", "created 5");
			assertThat(bulk.line()).isNull();
		}
	}

	@Test
	void aLineThatWasCutOffIsIgnored() {
		try (StreamingExchange bulk = ndjson(65_536)) {
			bulk.send(row("whole@example.test"));
			assertThat(result(bulk)).isEqualTo("created 1");
			bulk.send(row("cut@example.test").stripTrailing());
		}
		assertOnlyInvited("whole@example.test");
	}

	/**
	 * The received part is a valid row, but with fewer permissions.
	 */
	@Test
	void aRowOfATableThatWasCutOffIsIgnored() {
		try (StreamingExchange bulk = open("text/csv", 65_536)) {
			bulk.send("email,permissions\nwhole@example.test,domains invoices\n");
			assertThat(result(bulk)).isEqualTo("created 2");
			bulk.send("cut@example.test,domains");
		}
		assertOnlyInvited("whole@example.test");
	}

	@Test
	void aRequestThatWasCutOffContinuesUnderTheSameKeyWithTheSameIds() {
		List<String> rows = new ArrayList<>();
		for (int row = 0; row < 400; row++) {
			rows.add(row(TestUsers.anAddress()));
		}
		List<String> firstIds = new ArrayList<>();
		try (StreamingExchange bulk = ndjson(65_536, "Idempotency-Key", "cut-1")) {
			bulk.send(String.join("", rows.subList(0, 250)));
			for (int row = 0; row < 100; row++) {
				firstIds.add(id(bulk));
			}
		}
		try (StreamingExchange bulk = ndjson(65_536, "Idempotency-Key", "cut-1")) {
			bulk.send(String.join("", rows));
			bulk.end();
			List<String> allIds = new ArrayList<>();
			for (int row = 0; row < 400; row++) {
				allIds.add(id(bulk));
			}
			assertThat(bulk.line()).isNull();
			assertThat(allIds).startsWith(firstIds.toArray(String[]::new)).doesNotHaveDuplicates();
		}
		assertThat(invitationCount()).isEqualTo(400);
		assertThat(
				database.number("select count(*) from account_event where account_id = ?::uuid", this.owner.account()))
			.isEqualTo(database.number("select feed_seq from account where id = ?::uuid", this.owner.account()))
			.isEqualTo(401);
	}

	@Test
	void aClientThatStopsSendingIsInterrupted() {
		try (StreamingExchange bulk = ndjson(65_536)) {
			bulk.send(row(TestUsers.anAddress()));
			assertThat(result(bulk)).isEqualTo("created 1");
			JsonNode last = JSON.readTree(bulk.line());
			assertThat(last.path("status").asString()).isEqualTo("interrupted");
			assertThat(last.path("problem").path("code").asString()).isEqualTo("request-timeout");
		}
	}

	@Test
	void aClientThatSendsNothingGetsAProblem() {
		try (StreamingExchange bulk = ndjson(65_536)) {
			assertThat(bulk.status()).isEqualTo(408);
		}
	}

	@Test
	void aCallerThatSignsOutIsInterrupted() {
		try (StreamingExchange bulk = ndjson(65_536)) {
			bulk.send(row(TestUsers.anAddress()));
			assertThat(result(bulk)).isEqualTo("created 1");
			assertThat(this.owner.client().delete("/session").status()).isEqualTo(204);
			assertThat(JSON.readTree(bulk.line()).path("problem").path("code").asString()).isEqualTo("not-signed-in");
		}
	}

	@Test
	void aCallerThatLosesTheAccountIsInterrupted() {
		try (StreamingExchange bulk = ndjson(65_536);
				LockedAccount locked = LockedAccount.withoutLock(database, account())) {
			bulk.send(row(TestUsers.anAddress()));
			assertThat(result(bulk)).isEqualTo("created 1");
			TestUsers.Person newOwner = users.aUser();
			locked.addMember(UUID.fromString(newOwner.id()), newOwner.address())
				.transferOwnership(UUID.fromString(newOwner.id()))
				.release();
			bulk.send(row(TestUsers.anAddress()));
			JsonNode last = JSON.readTree(bulk.line());
			assertThat(last.path("problem").path("code").asString()).isEqualTo("owner-only");
			assertThat(bulk.line()).isNull();
		}
		assertThat(invitationCount()).isEqualTo(1);
	}

	/**
	 * A statement waits at most two seconds for a lock; after that the batch is retried.
	 */
	@Test
	void aBatchIsRetriedAfterALockTimeout() {
		try (StreamingExchange bulk = ndjson(65_536); LockedAccount locked = LockedAccount.hold(database, account())) {
			bulk.send(row(TestUsers.anAddress()));
			bulk.end();
			await().pollDelay(Duration.ofMillis(2300)).until(() -> true);
			locked.release();
			assertThat(result(bulk)).isEqualTo("created 1");
		}
	}

	/**
	 * Neither lines nor results are buffered without limit.
	 */
	@Test
	void memoryDoesNotGrowWithTheLengthOfTheRequest() {
		long before = usedMemory();
		long max = before;
		try (StreamingExchange bulk = ndjson(65_536)) {
			CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(bulk));
			for (int line = 1; line <= LINES; line++) {
				assertThat(result(bulk)).isEqualTo("created " + line);
				if (line % (LINES / 5) == 0) {
					max = Math.max(max, usedMemory());
				}
			}
			assertThat(bulk.line()).isNull();
			sending.join();
		}
		assertThat(max - before).as("growth of the memory").isLessThan(MAX_HEAP_GROWTH);
		assertThat(invitationCount()).isEqualTo(LINES);
	}

	@Test
	void theServiceStopsReadingFromAClientThatDoesNotReadResults() {
		try (StreamingExchange bulk = ndjson(4096)) {
			bulk.send(row(TestUsers.anAddress()));
			assertThat(bulk.status()).isEqualTo(200);
			CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(bulk));
			await().atMost(Duration.ofMinutes(2)).until(() -> sending.isDone() || hasStopped());
			assertThat(invitationCount()).isLessThan(LINES);
		}
	}

	private boolean hasStopped() {
		long before = invitationCount();
		await().pollDelay(Duration.ofMillis(700)).until(() -> true);
		return invitationCount() == before;
	}

	private static void sendAll(StreamingExchange bulk) {
		try {
			for (int line = 0; line < LINES; line += 100) {
				StringBuilder rows = new StringBuilder();
				for (int row = 0; row < 100; row++) {
					rows.append(row(TestUsers.anAddress()));
				}
				bulk.send(rows.toString());
			}
			bulk.end();
		}
		catch (UncheckedIOException ex) {
			// The test has closed the connection.
		}
	}

	private StreamingExchange ndjson(int receiveBuffer, String... headers) {
		return open("application/x-ndjson", receiveBuffer, headers);
	}

	private StreamingExchange open(String type, int receiveBuffer, String... headers) {
		List<String> all = new ArrayList<>(
				List.of("Authorization", "Bearer " + this.owner.client().token(), "Content-Type", type));
		all.addAll(List.of(headers));
		return new StreamingExchange(service, receiveBuffer, "POST", "/api/v1" + this.owner.path("/invitations"),
				all.toArray(String[]::new));
	}

	private UUID account() {
		return UUID.fromString(this.owner.account());
	}

	private long invitationCount() {
		return database.number("select count(*) from invitation where account_id = ?::uuid", this.owner.account());
	}

	private void assertOnlyInvited(String address) {
		await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> invitationCount() == 1);
		assertThat(database.rows("select email from invitation where account_id = ?::uuid", this.owner.account()))
			.singleElement()
			.satisfies((row) -> assertThat(row.get("email")).isEqualTo(address));
	}

	private static String row(String address) {
		return "{\"email\":\"" + address + "\",\"permissions\":[\"quotes\",\"domains\"]}\n";
	}

	private static String result(StreamingExchange bulk) {
		JsonNode result = JSON.readTree(bulk.line());
		return result.path("status").asString() + " " + result.path("line").asInt();
	}

	private static String id(StreamingExchange bulk) {
		return JSON.readTree(bulk.line()).path("id").asString();
	}

	private static long usedMemory() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory() + PlatformDependent.usedDirectMemory();
	}

}
