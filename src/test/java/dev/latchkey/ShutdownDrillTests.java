package dev.latchkey;

import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.LockedAccount;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.WatcherCrowd;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A replica with default settings shuts down while it has open streams, a slow request
 * and a mail in progress.
 */
@ServiceTest
class ShutdownDrillTests {

	private static final Logger logger = LoggerFactory.getLogger(ShutdownDrillTests.class);

	private static final int WATCHERS = Integer.getInteger("latchkey.test.watchers", 300);

	private static final int INVITATIONS = 20;

	private final TestDatabase database = TestDatabase.create();

	@Test
	void allWorkInProgressIsFinishedWithinTenSeconds() {
		try (ScriptedMailServer mail = ScriptedMailServer.start();
				Service stopping = replica(mail);
				Service remaining = replica(mail)) {
			Owner owner = new TestUsers(stopping).anOwner();
			Owner other = new TestUsers(stopping).anOwner();
			try (WatcherCrowd crowd = WatcherCrowd.open(WATCHERS, stopping, "/api/v1" + owner.path("/events"),
					owner.client().token());
					LockedAccount locked = LockedAccount.hold(this.database, UUID.fromString(other.account()))) {
				await().atMost(Duration.ofSeconds(20)).until(() -> crowd.watching() == WATCHERS);
				String stuckAddress = startStuckMail(mail, owner);
				createInvitations(owner, remaining);
				CompletableFuture<Response> slow = CompletableFuture
					.supplyAsync(() -> other.invite(TestUsers.anAddress(), "invoices"));
				locked.awaitWaiting(1);

				long committed = this.database.number("select feed_seq from account where id = ?::uuid",
						owner.account());
				long started = System.nanoTime();
				CompletableFuture<Void> shutdown = CompletableFuture.runAsync(stopping::close);
				locked.release();
				assertThat(slow.join().status()).isEqualTo(201);
				shutdown.join();
				Duration taken = Duration.ofNanos(System.nanoTime() - started);

				await().atMost(Duration.ofSeconds(5)).until(() -> crowd.ended() == WATCHERS);
				crowd.connections().forEach((connection) -> assertComplete(connection.frames(), committed));
				LongSummaryStatistics ends = crowd.connections()
					.stream()
					.mapToLong(WatcherCrowd.Connection::endedAt)
					.summaryStatistics();
				assertThat(Duration.ofNanos(ends.getMax() - ends.getMin())).isGreaterThan(Duration.ofSeconds(1));
				await().atMost(Duration.ofSeconds(5)).until(() -> isLastMessageReceived(mail, stuckAddress));
				assertThat(taken).isLessThan(Duration.ofSeconds(10));
				logger.warn(
						"{} watchers, a slow request and a stuck mail: shut down in {} ms; streams ended within {} ms",
						WATCHERS, taken.toMillis(), TimeUnit.NANOSECONDS.toMillis(ends.getMax() - started));
			}
		}
	}

	/**
	 * Orders a mail on which the mail server hangs, and waits until it does.
	 * @return the address of the mail
	 */
	private static String startStuckMail(ScriptedMailServer mail, Owner owner) {
		String address = TestUsers.anAddress();
		mail.answer(address, Step.RCPT, ScriptedMailServer.HANG);
		owner.invite(address, "invoices");
		await().until(() -> mail.dialogsWith(address).size() == 1);
		return address;
	}

	private static boolean isLastMessageReceived(ScriptedMailServer mail, String address) {
		return !mail.dialogsWith(address).get(mail.dialogsWith(address).size() - 1).message().isEmpty();
	}

	private static void createInvitations(Owner owner, Service replica) {
		for (int count = 0; count < INVITATIONS; count++) {
			assertThat(owner.client()
				.at(replica)
				.post(owner.path("/invitations"),
						Map.of("email", TestUsers.anAddress(), "permissions", List.of("invoices")))
				.status()).isEqualTo(201);
		}
	}

	private static void assertComplete(List<String> frames, long committed) {
		assertThat(frames.get(frames.size() - 1))
			.matches("retry: (\\d+)\nevent: reconnect\ndata: \\{\"wait\":\\1}\n\n");
		List<Long> received = frames.stream()
			.filter((frame) -> frame.startsWith("id: "))
			.map(ShutdownDrillTests::seq)
			.toList();
		assertThat(received).isEqualTo(LongStream.rangeClosed(1, received.size()).boxed().toList())
			.hasSizeGreaterThanOrEqualTo((int) committed);
	}

	private static long seq(String frame) {
		return Long.parseLong(frame.lines().findFirst().orElseThrow().replaceAll(".*-", ""));
	}

	private Service replica(ScriptedMailServer mail) {
		return Service.on(this.database)
			.set("latchkey.mail.host", "127.0.0.1")
			.set("latchkey.mail.port", Integer.toString(mail.port()))
			.set("latchkey.mail.transport", "SMTP")
			.set("latchkey.invitations.max-creations-per-day", "10000")
			.withOwnEventLoops()
			.start();
	}

}
