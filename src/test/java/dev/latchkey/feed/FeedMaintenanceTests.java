package dev.latchkey.feed;

import java.time.Duration;
import java.util.List;

import dev.latchkey.shutdown.ShutdownSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.latchkey.feed.FeedFixture.ACCOUNT;
import static dev.latchkey.feed.FeedFixture.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a replica does for its feed from its start to its shutdown.
 */
@ExtendWith(OutputCaptureExtension.class)
class FeedMaintenanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final ShutdownSignal shutdown = new ShutdownSignal();

	private final FakeConnections connections = new FakeConnections();

	private Mono<Long> epoch = Mono.just(7L);

	private final InMemoryEventLog log = new InMemoryEventLog() {

		@Override
		public Mono<Long> epoch() {
			return Mono.defer(() -> FeedMaintenanceTests.this.epoch);
		}

	};

	private final FeedFixture fixture = new FeedFixture(this.log, 8);

	private final FeedMaintenance maintenance = new FeedMaintenance(this.fixture.poll(), this.fixture.tails(),
			new ReplicaNotifications(this.connections, this.fixture.tails(), this.fixture.outages()), this.shutdown);

	private VirtualTimeScheduler time;

	@BeforeEach
	void stopTheTime() {
		this.time = VirtualTimeScheduler.getOrSet();
	}

	@AfterEach
	void resumeTheTime() {
		this.maintenance.stop();
		VirtualTimeScheduler.reset();
	}

	@Test
	void connectsAtTheStartAndDisconnectsAtTheStop() {
		assertThat(this.maintenance.isRunning()).isFalse();
		this.maintenance.start();
		assertThat(this.maintenance.isRunning()).isTrue();
		assertThat(this.connections.current().statements()).contains("listen latchkey_feed");
		this.maintenance.stop();
		assertThat(this.maintenance.isRunning()).isFalse();
		assertThat(this.connections.current().isClosed()).isTrue();
	}

	@Test
	void pollsOnceMoreWhenTheReplicaCloses() {
		this.log.createAccount(ACCOUNT, OWNER);
		AccountTail tail = this.fixture.tails().join(this.log.head(ACCOUNT).blockOptional(TIMEOUT).orElseThrow());
		this.log.append(ACCOUNT, 2);
		this.maintenance.start();
		tail.append(List.of(), OWNER);
		StepVerifier.create(this.fixture.tails().finalPoll())
			.then(() -> this.shutdown.startClosing(Duration.ofSeconds(1)))
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(tail.head()).isEqualTo(2);
	}

	@Test
	void waitsForTheLastPoll() {
		Sinks.One<Long> response = Sinks.one();
		this.epoch = response.asMono();
		this.maintenance.start();
		StepVerifier.create(this.fixture.tails().finalPoll())
			.then(() -> this.shutdown.startClosing(Duration.ofSeconds(1)))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(2999)))
			.expectNoEvent(Duration.ZERO)
			.then(() -> response.tryEmitValue(7L))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void waitsForTheLastPollUpToThreeSeconds() {
		this.epoch = Mono.never();
		this.maintenance.start();
		StepVerifier.create(this.fixture.tails().finalPoll())
			.then(() -> this.shutdown.startClosing(Duration.ofSeconds(1)))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(3)))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void doesNotKeepTheStreamsOpenIfTheLastPollFails(CapturedOutput output) {
		this.epoch = Mono.error(new IllegalStateException("down"));
		this.maintenance.start();
		StepVerifier.create(this.fixture.tails().finalPoll())
			.then(() -> this.shutdown.startClosing(Duration.ofSeconds(1)))
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(output).containsOnlyOnce("The last poll of the feed failed: java.lang.IllegalStateException: down");
	}

	@Test
	void doesNotPollBeforeTheReplicaCloses() {
		this.maintenance.start();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		StepVerifier.create(this.fixture.tails().finalPoll())
			.expectSubscription()
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.expectNoEvent(Duration.ZERO)
			.thenCancel()
			.verify(TIMEOUT);
	}

}
