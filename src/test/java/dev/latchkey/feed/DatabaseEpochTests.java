package dev.latchkey.feed;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The epoch of the database as a replica knows it.
 */
class DatabaseEpochTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final InMemoryEventLog log = new InMemoryEventLog();

	private final DatabaseEpoch epoch = new DatabaseEpoch(this.log);

	@Test
	void isReadOnceAndAgainWhenItIsRefreshed() {
		assertThat(this.epoch.current().block(TIMEOUT)).isEqualTo(7);
		this.log.changeEpoch(8);
		assertThat(this.epoch.current().block(TIMEOUT)).isEqualTo(7);
		assertThat(this.epoch.refresh().block(TIMEOUT)).isEqualTo(8);
		assertThat(this.epoch.current().block(TIMEOUT)).isEqualTo(8);
	}

	@Test
	void reportsEachChangeOnce() {
		StepVerifier.create(this.epoch.changes())
			.then(this::refresh)
			.then(this::refresh)
			.then(() -> this.log.changeEpoch(8))
			.then(this::refresh)
			.then(this::refresh)
			.expectNext(8L)
			.then(() -> this.log.changeEpoch(7))
			.then(this::refresh)
			.expectNext(7L)
			.thenCancel()
			.verify(TIMEOUT);
	}

	private void refresh() {
		this.epoch.refresh().block(TIMEOUT);
	}

}
