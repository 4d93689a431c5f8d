package dev.latchkey.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static dev.latchkey.feed.FeedFixture.ACCOUNT;
import static dev.latchkey.feed.FeedFixture.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The poll that finds events whose notification was lost.
 */
class FeedPollTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final FeedFixture fixture = FeedFixture.withEvents(3, 8);

	private final InMemoryEventLog log = this.fixture.log();

	@Test
	void makesWatchedAccountsReadWhatNoNotificationHasAnnounced() {
		AccountTail tail = join(ACCOUNT, 3);
		this.log.append(ACCOUNT, 2);
		assertThat(tail.head()).isEqualTo(3);
		poll();
		assertThat(tail.head()).isEqualTo(5);
	}

	@Test
	void readsNoEventsOfAccountsWithoutNews() {
		AccountId other = new AccountId(new UUID(1, 2));
		this.log.createAccount(other, OWNER);
		join(ACCOUNT, 3);
		AccountTail tail = join(other, 0);
		int pages = this.log.pagesRead();
		this.log.append(other, 1);
		poll();
		assertThat(tail.head()).isEqualTo(1);
		assertThat(this.log.pagesRead()).isEqualTo(pages + 1);
		poll();
		assertThat(this.log.pagesRead()).isEqualTo(pages + 1);
	}

	@Test
	void findsTheEpochOfAnotherDatabase() {
		StepVerifier.create(this.fixture.epoch().changes())
			.then(this::poll)
			.then(() -> this.log.changeEpoch(8))
			.then(this::poll)
			.expectNext(8L)
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void failsIfTheHeadsCannotBeRead() {
		InMemoryEventLog broken = new InMemoryEventLog() {

			@Override
			public Flux<Head> heads(Collection<AccountId> accounts) {
				return Flux.error(new IllegalStateException("down"));
			}

		};
		StepVerifier.create(new FeedFixture(broken, 8).poll().poll()).expectErrorMessage("down").verify(TIMEOUT);
	}

	private void poll() {
		this.fixture.poll().poll().block(TIMEOUT);
	}

	private AccountTail join(AccountId account, long seq) {
		return this.fixture.tails().join(new EventLog.Head(account, seq, OWNER, Instant.EPOCH));
	}

}
