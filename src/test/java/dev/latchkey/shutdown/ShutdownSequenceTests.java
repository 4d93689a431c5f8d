package dev.latchkey.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The steps of a shutdown and their order, with works that a test controls. The shutdown
 * blocks its thread, so its times here are real and short.
 */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownSequenceTests {

	private final ApplicationContext context = new StaticApplicationContext();

	private final ShutdownSignal signal = new ShutdownSignal();

	private final List<String> steps = Collections.synchronizedList(new ArrayList<>());

	@Test
	void drainingComesBeforeClosingAndClosingBeforeTheWork(CapturedOutput log) {
		this.signal.closing()
			.doOnSuccess((closed) -> this.steps.add("closing, draining " + this.signal.isDraining()))
			.subscribe();
		DrainableWork work = (timeout) -> Mono.fromRunnable(
				() -> this.steps.add("work within " + timeout.toMillis() + ", closing " + this.signal.isClosing()));
		shutDown(properties(500, 30), work, work);
		assertThat(this.steps).containsExactly("closing, draining true", "work within 470, closing true",
				"work within 470, closing true");
		assertThat(log).contains("The work in progress ended within").doesNotContain("cut off");
	}

	@Test
	void allWorksAreDrainedTogether() {
		Sinks.Empty<Void> second = Sinks.empty();
		DrainableWork waits = (timeout) -> second.asMono().doOnSuccess((ended) -> this.steps.add("first"));
		DrainableWork releases = (timeout) -> Mono.fromRunnable(second::tryEmitEmpty);
		shutDown(properties(5000, 0), waits, releases);
		assertThat(this.steps).containsExactly("first");
	}

	@Test
	void workThatDoesNotEndInTimeIsCutOffAndLogged(CapturedOutput log) {
		DrainableWork endless = (timeout) -> Mono.<Void>never().doOnCancel(() -> this.steps.add("cancelled"));
		shutDown(properties(50, 0), endless);
		assertThat(this.steps).containsExactly("cancelled");
		assertThat(log).containsOnlyOnce("Some work did not end in time and is aborted")
			.contains("The work in progress ended within");
	}

	@Test
	void theContextOfTheManagementPortDoesNotShutTheReplicaDown() {
		GracefulShutdown shutdown = new GracefulShutdown(this.context, this.signal,
				List.of((timeout) -> Mono.fromRunnable(() -> this.steps.add("drained"))), properties(500, 0));
		shutdown.onApplicationEvent(new ContextClosedEvent(new StaticApplicationContext()));
		assertThat(this.steps).isEmpty();
		assertThat(this.signal.isDraining()).isFalse();
	}

	@Nested
	class Signal {

		@Test
		void drainingAloneClosesNothing() {
			ShutdownSequenceTests.this.signal.startDraining();
			assertThat(ShutdownSequenceTests.this.signal.isDraining()).isTrue();
			assertThat(ShutdownSequenceTests.this.signal.isClosing()).isFalse();
			StepVerifier.create(ShutdownSequenceTests.this.signal.nextCloseSlot())
				.expectSubscription()
				.expectNoEvent(Duration.ofMillis(20))
				.thenCancel()
				.verify();
		}

		@Test
		void closingIsDrainingToo() {
			ShutdownSequenceTests.this.signal.startClosing(Duration.ZERO);
			assertThat(ShutdownSequenceTests.this.signal.isDraining()).isTrue();
			assertThat(ShutdownSequenceTests.this.signal.isClosing()).isTrue();
			StepVerifier.create(ShutdownSequenceTests.this.signal.closing()).verifyComplete();
		}

		@Test
		void streamsAreClosedWithinTheWindow() {
			Duration window = Duration.ofMinutes(10);
			StepVerifier.withVirtualTime(() -> {
				ShutdownSequenceTests.this.signal.startClosing(window);
				return ShutdownSequenceTests.this.signal.nextCloseSlot();
			})
				.expectSubscription()
				.expectNoEvent(window.dividedBy(10).minusSeconds(30))
				.thenAwait(window)
				.verifyComplete();
		}

		@Test
		void aStreamThatOpensAfterTheWindowIsClosedAtOnce() {
			ShutdownSequenceTests.this.signal.startClosing(Duration.ofNanos(-1));
			StepVerifier.create(ShutdownSequenceTests.this.signal.nextCloseSlot())
				.expectComplete()
				.verify(Duration.ofSeconds(5));
		}

	}

	private void shutDown(ShutdownProperties properties, DrainableWork... works) {
		new GracefulShutdown(this.context, this.signal, List.of(works), properties)
			.onApplicationEvent(new ContextClosedEvent(this.context));
	}

	private static ShutdownProperties properties(long workMillis, long drainMillis) {
		return new ShutdownProperties(ShutdownProperties.RESERVE.plusMillis(workMillis), Duration.ofMillis(drainMillis),
				Duration.ZERO);
	}

}
