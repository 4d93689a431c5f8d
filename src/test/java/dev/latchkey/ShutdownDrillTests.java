package dev.latchkey;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.LockedAccount;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.Service;
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
 * A replica goes away in the middle of everything that it can be in the middle of, with
 * nothing set.
 */
class ShutdownDrillTests {

	private static final Logger logger = LoggerFactory.getLogger(ShutdownDrillTests.class);

	private static final int WATCHERS = Integer.getInteger("latchkey.test.watchers", 500);

	private static final int INVITATIONS = 20;

	private final TestDatabase database = TestDatabase.create();

	@Test
	void everybodyIsServedToTheEndWithinTenSeconds() {
		try (ScriptedMailServer mail = ScriptedMailServer.start();
				Service leaving = replica(mail);
				Service staying = replica(mail)) {
			Owner owner = new TestUsers(leaving).anOwner();
			Owner other = new TestUsers(leaving).anOwner();
			try (WatcherCrowd crowd = WatcherCrowd.gather(WATCHERS, leaving, "/api/v1" + owner.path("/events"),
					owner.client().token());
					LockedAccount locked = LockedAccount.hold(this.database, UUID.fromString(other.account()))) {
				await().atMost(Duration.ofSeconds(20)).until(() -> crowd.watching() == WATCHERS);
				String stuck = TestUsers.anAddress();
				mail.answer(stuck, Step.RCPT, ScriptedMailServer.HANG);
				owner.invite(stuck, "invoices");
				await().until(() -> mail.dialogsWith(stuck).size() == 1);
				for (int count = 0; count < INVITATIONS; count++) {
					assertThat(owner.client()
						.at(staying)
						.post(owner.path("/invitations"),
								Map.of("email", TestUsers.anAddress(), "permissions", List.of("invoices")))
						.status()).isEqualTo(201);
				}
				CompletableFuture<Answer> slow = CompletableFuture
					.supplyAsync(() -> other.invite(TestUsers.anAddress(), "invoices"));
				locked.awaitWaiting(1);

				long committed = this.database.number("select feed_seq from account where id = ?::uuid",
						owner.account());
				long begun = System.nanoTime();
				CompletableFuture<Void> end = CompletableFuture.runAsync(leaving::close);
				locked.release();
				assertThat(slow.join().status()).isEqualTo(201);
				end.join();
				Duration taken = Duration.ofNanos(System.nanoTime() - begun);

				await().atMost(Duration.ofSeconds(5)).until(() -> crowd.gone() == WATCHERS);
				crowd.all().forEach((one) -> assertWhole(one.frames(), committed));
				long firstEnd = crowd.all().stream().mapToLong(WatcherCrowd.One::endedAt).min().orElseThrow();
				long lastEnd = crowd.all().stream().mapToLong(WatcherCrowd.One::endedAt).max().orElseThrow();
				assertThat(Duration.ofNanos(lastEnd - firstEnd)).isGreaterThan(Duration.ofSeconds(1));
				await().atMost(Duration.ofSeconds(5))
					.until(() -> !mail.dialogsWith(stuck).get(mail.dialogsWith(stuck).size() - 1).message().isEmpty());
				assertThat(taken).isLessThan(Duration.ofSeconds(10));
				logger.warn("{} watchers, a slow request and a stuck mail: gone in {} ms; streams ended within {} ms",
						WATCHERS, taken.toMillis(), TimeUnit.NANOSECONDS.toMillis(lastEnd - begun));
			}
		}
	}

	private static void assertWhole(List<String> frames, long committed) {
		assertThat(frames.get(frames.size() - 1))
			.matches("retry: (\\d+)\nevent: reconnect\ndata: \\{\"wait\":\\1}\n\n");
		List<Long> seen = frames.stream()
			.filter((frame) -> frame.startsWith("id: "))
			.map(ShutdownDrillTests::seq)
			.toList();
		assertThat(seen).isEqualTo(LongStream.rangeClosed(1, seen.size()).boxed().toList())
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
