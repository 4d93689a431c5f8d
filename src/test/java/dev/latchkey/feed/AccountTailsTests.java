package dev.latchkey.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.latchkey.feed.FeedFixture.ACCOUNT;
import static dev.latchkey.feed.FeedFixture.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tails of the watched accounts: each exists from its first watcher to its last, and
 * reads as much as its watchers need.
 */
@ExtendWith(OutputCaptureExtension.class)
class AccountTailsTests {

	private static final AccountId OTHER = new AccountId(new UUID(1, 2));

	private static final int BUFFER = 1000;

	private final FeedFixture fixture = FeedFixture.withEvents(3, BUFFER);

	private final InMemoryEventLog log = this.fixture.log();

	private final AccountTails tails = this.fixture.tails();

	private VirtualTimeScheduler time;

	@BeforeEach
	void stopTheTime() {
		this.time = VirtualTimeScheduler.getOrSet();
	}

	@AfterEach
	void resumeTheTime() {
		VirtualTimeScheduler.reset();
	}

	@Nested
	class Watchers {

		@Test
		void ofAnAccountShareOneTail() {
			AccountTail tail = join(3);
			assertThat(join(3)).isSameAs(tail);
			assertThat(tails.watchedAccounts()).containsExactly(ACCOUNT);
			int pages = log.pagesRead();
			fixture.write(1);
			assertThat(tail.head()).isEqualTo(4);
			assertThat(log.pagesRead()).isEqualTo(pages + 1);
		}

		@Test
		void ofTwoAccountsHaveTwoTails() {
			log.createAccount(OTHER, OWNER);
			AccountTail one = join(3);
			AccountTail two = tails.join(new EventLog.Head(OTHER, 0, OWNER, Instant.EPOCH));
			assertThat(tails.watchedAccounts()).containsExactlyInAnyOrder(ACCOUNT, OTHER);
			fixture.write(1);
			assertThat(one.head()).isEqualTo(4);
			assertThat(two.head()).isZero();
		}

		@Test
		void keepTheTailUntilTheLastOneLeaves() {
			AccountTail tail = join(3);
			join(3);
			tails.leave(ACCOUNT);
			fixture.write(1);
			assertThat(tail.head()).isEqualTo(4);
			tails.leave(ACCOUNT);
			assertThat(tails.watchedAccounts()).isEmpty();
			int pages = log.pagesRead();
			log.append(ACCOUNT, 1);
			tails.wakeAll();
			tail.wake();
			assertThat(tail.head()).isEqualTo(4);
			assertThat(log.pagesRead()).isEqualTo(pages);
		}

		@Test
		void getANewTailAfterTheLastOneHasLeft() {
			AccountTail first = join(3);
			tails.leave(ACCOUNT);
			assertThat(join(3)).isNotSameAs(first);
		}

		@Test
		void areCounted() {
			join(3);
			join(3);
			assertThat(watchers()).isEqualTo(2);
			tails.leave(ACCOUNT);
			assertThat(watchers()).isEqualTo(1);
			tails.leave(ACCOUNT);
			assertThat(watchers()).isZero();
		}

		private double watchers() {
			return fixture.meters().get("latchkey.feed.watchers").gauge().value();
		}

	}

	@Nested
	class ATail {

		@Test
		void readsAtOnceWhatWasWrittenAfterItsHead() {
			assertThat(join(1).head()).isEqualTo(3);
		}

		@Test
		void readsAllPages() {
			AccountTail tail = join(3);
			fixture.write(950);
			assertThat(tail.head()).isEqualTo(953);
			assertThat(log.pagesRead()).isEqualTo(1 + 5);
		}

		@Test
		void takesOverTheOwnerFromTheHead() {
			AccountTail tail = join(3);
			UserId owner = new UserId(new UUID(2, 2));
			log.changeOwner(ACCOUNT, owner);
			tails.wake(ACCOUNT);
			assertThat(tail.owner()).isEqualTo(owner);
		}

		@Test
		void readsAgainIfItIsWokenDuringARead() {
			AccountTail tail = join(3);
			Sinks.Empty<Void> arrival = Sinks.empty();
			log.delayPages(arrival.asMono());
			fixture.write(1);
			fixture.write(1);
			fixture.write(1);
			assertThat(log.pagesRead()).isEqualTo(2);
			arrival.tryEmitEmpty();
			assertThat(tail.head()).isEqualTo(6);
			assertThat(log.pagesRead()).isLessThanOrEqualTo(4);
		}

		@Test
		void readsAgainAfterOneSecondIfTheDatabaseFails(CapturedOutput output) {
			AccountTail tail = join(3);
			log.delayPages(Mono.error(new IllegalStateException("down")));
			fixture.write(1);
			assertThat(output).containsOnlyOnce("Reading the feed of a watched account fails:"
					+ " java.lang.IllegalStateException: down (account " + ACCOUNT + ")");
			log.delayPages(Mono.empty());
			time.advanceTimeBy(Duration.ofMillis(999));
			assertThat(tail.head()).isEqualTo(3);
			time.advanceTimeBy(Duration.ofMillis(1));
			assertThat(tail.head()).isEqualTo(4);
		}

		@Test
		void doesNotReadAgainAfterAFailureIfItsLastWatcherHasLeft() {
			AccountTail tail = join(3);
			log.delayPages(Mono.error(new IllegalStateException("down")));
			fixture.write(1);
			log.delayPages(Mono.empty());
			tails.leave(ACCOUNT);
			int pages = log.pagesRead();
			time.advanceTimeBy(Duration.ofSeconds(10));
			assertThat(tail.head()).isEqualTo(3);
			assertThat(log.pagesRead()).isEqualTo(pages);
		}

		@Test
		void readsNothingForAnAccountThatDoesNotExist() {
			AccountTail tail = tails.join(new EventLog.Head(OTHER, 0, OWNER, Instant.EPOCH));
			assertThat(tail.head()).isZero();
			assertThat(log.pagesRead()).isZero();
		}

		@Test
		void measuresTheLagOfItsEvents() {
			join(3);
			fixture.write(2);
			assertThat(fixture.meters().get("latchkey.feed.lag").timer().count()).isEqualTo(2);
		}

	}

	@Nested
	class TailsBehindTheirHeads {

		@Test
		void readOnAndKnowHowFar() {
			AccountTail tail = join(3);
			Sinks.Empty<Void> arrival = Sinks.empty();
			log.delayPages(arrival.asMono());
			log.append(ACCOUNT, 2);
			assertThat(tail.hasEventsAfter(3)).isFalse();
			tails.wakeTailsBehind(heads());
			assertThat(tail.hasEventsAfter(3)).isTrue();
			assertThat(tail.hasEventsAfter(5)).isFalse();
			arrival.tryEmitEmpty();
			assertThat(tail.head()).isEqualTo(5);
		}

		@Test
		void areTheOnlyOnesThatRead() {
			join(3);
			int pages = log.pagesRead();
			tails.wakeTailsBehind(heads());
			assertThat(log.pagesRead()).isEqualTo(pages);
		}

		@Test
		void areIgnoredIfNobodyWatchesThem() {
			tails.wakeTailsBehind(heads());
			tails.wake(ACCOUNT);
			assertThat(log.pagesRead()).isZero();
			assertThat(tails.watchedAccounts()).isEmpty();
		}

		private List<EventLog.Head> heads() {
			return log.heads(List.of(ACCOUNT)).collectList().blockOptional().orElseThrow();
		}

	}

	@Test
	void wakingAllMakesEveryTailRead() {
		this.log.createAccount(OTHER, OWNER);
		AccountTail one = join(3);
		AccountTail two = this.tails.join(new EventLog.Head(OTHER, 0, OWNER, Instant.EPOCH));
		this.log.append(ACCOUNT, 1);
		this.log.append(OTHER, 1);
		this.tails.wakeAll();
		assertThat(one.head()).isEqualTo(4);
		assertThat(two.head()).isEqualTo(1);
	}

	private AccountTail join(long seq) {
		return this.tails.join(new EventLog.Head(ACCOUNT, seq, OWNER, Instant.EPOCH));
	}

}
