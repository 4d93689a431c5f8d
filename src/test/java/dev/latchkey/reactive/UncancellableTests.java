package dev.latchkey.reactive;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Work that is completed even if its subscriber cancels.
 */
@ExtendWith(OutputCaptureExtension.class)
class UncancellableTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final AtomicInteger droppedErrors = new AtomicInteger();

	@BeforeEach
	void countDroppedErrors() {
		Hooks.onErrorDropped((error) -> this.droppedErrors.incrementAndGet());
	}

	@AfterEach
	void resetTheHookAndTheLogger() {
		logger().setLevel(null);
		Hooks.resetOnErrorDropped();
	}

	@Nested
	class ASubscriber {

		@Test
		void getsTheResult() {
			StepVerifier.create(Uncancellable.of(Mono.just("done")))
				.expectNext("done")
				.expectComplete()
				.verify(TIMEOUT);
		}

		@Test
		void getsAnEmptyResult() {
			StepVerifier.create(Uncancellable.of(Mono.empty())).expectComplete().verify(TIMEOUT);
		}

		@Test
		void getsTheErrorItself() {
			IllegalStateException error = new IllegalStateException("down");
			StepVerifier.create(Uncancellable.of(Mono.error(error)))
				.expectErrorSatisfies((received) -> assertThat(received).isSameAs(error))
				.verify(TIMEOUT);
		}

		@Test
		void passesItsContext() {
			Mono<String> work = Mono.deferContextual((context) -> Mono.just(context.get("caller")));
			StepVerifier.create(Uncancellable.of(work).contextWrite((context) -> context.put("caller", "Ann")))
				.expectNext("Ann")
				.expectComplete()
				.verify(TIMEOUT);
		}

		@Test
		void startsTheWork() {
			AtomicInteger runs = new AtomicInteger();
			Mono<Integer> work = Uncancellable.of(Mono.fromSupplier(runs::incrementAndGet));
			assertThat(runs).hasValue(0);
			StepVerifier.create(work).expectNext(1).expectComplete().verify(TIMEOUT);
			StepVerifier.create(work).expectNext(2).expectComplete().verify(TIMEOUT);
		}

	}

	@Nested
	class AfterACancellation {

		@Test
		void theWorkIsCompleted() {
			Sinks.Empty<Void> response = Sinks.empty();
			AtomicBoolean completed = new AtomicBoolean();
			AtomicBoolean cancelled = new AtomicBoolean();
			Mono<Void> work = response.asMono()
				.doOnCancel(() -> cancelled.set(true))
				.then(Mono.fromRunnable(() -> completed.set(true)));
			Disposable subscriber = Uncancellable.of(work).subscribe();
			subscriber.dispose();
			assertThat(completed).isFalse();
			response.tryEmitEmpty();
			assertThat(completed).isTrue();
			assertThat(cancelled).isFalse();
		}

		@Test
		void anErrorReachesNobody(CapturedOutput output) {
			logger().setLevel(Level.DEBUG);
			Sinks.Empty<Void> response = Sinks.empty();
			Disposable subscriber = Uncancellable.of(response.asMono()).subscribe();
			subscriber.dispose();
			response.tryEmitError(new IllegalStateException("down"));
			assertThat(droppedErrors).hasValue(0);
			assertThat(output)
				.contains("Work failed after its subscriber had cancelled: java.lang.IllegalStateException: down");
		}

	}

	@Nested
	class AFilteredRoute {

		@Test
		void isCompletedIfTheClientDisconnects() {
			Sinks.Empty<Void> response = Sinks.empty();
			AtomicBoolean completed = new AtomicBoolean();
			Disposable exchange = Uncancellable.completeAfterDisconnect()
				.filter(request(),
						(request) -> response.asMono()
							.then(Mono.fromRunnable(() -> completed.set(true)))
							.then(ServerResponse.noContent().build()))
				.subscribe();
			exchange.dispose();
			response.tryEmitEmpty();
			assertThat(completed).isTrue();
		}

		@Test
		void failsWithTheExceptionThatItsHandlerThrows() {
			StepVerifier.create(Uncancellable.completeAfterDisconnect().filter(request(), (request) -> {
				throw new IllegalStateException("refused");
			})).expectErrorMessage("refused").verify(TIMEOUT);
		}

		private static ServerRequest request() {
			return ServerRequest.create(MockServerWebExchange.from(MockServerHttpRequest.get("/")),
					HandlerStrategies.withDefaults().messageReaders());
		}

	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(Uncancellable.class);
	}

}
