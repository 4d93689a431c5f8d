package dev.latchkey.server;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A replica that shuts down waits for the requests in progress.
 */
class InFlightRequestsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final InFlightRequests requests = new InFlightRequests();

	@Test
	void withoutRequestsThereIsNothingToWaitFor() {
		StepVerifier.create(this.requests.drain(TIMEOUT)).verifyComplete();
	}

	@Test
	void aRequestThatCompletedBeforeIsNotWaitedFor() {
		StepVerifier.create(request(Mono.empty())).verifyComplete();
		StepVerifier.create(this.requests.drain(TIMEOUT)).verifyComplete();
	}

	@Test
	void theLastRequestInProgressEndsTheWait() {
		Sinks.Empty<Void> first = Sinks.empty();
		Sinks.Empty<Void> second = Sinks.empty();
		Disposable.Composite clients = Disposables.composite(request(first.asMono()).subscribe(),
				request(second.asMono()).subscribe());
		StepVerifier.create(this.requests.drain(TIMEOUT))
			.then(first::tryEmitEmpty)
			.expectNoEvent(Duration.ofMillis(20))
			.then(second::tryEmitEmpty)
			.verifyComplete();
		assertThat(clients.isDisposed()).isFalse();
	}

	@Test
	void aRequestThatFailsOrIsCancelledEndsToo() {
		Sinks.Empty<Void> failing = Sinks.empty();
		StepVerifier.create(request(failing.asMono()))
			.then(() -> failing.tryEmitError(new IllegalStateException("gone")))
			.verifyErrorMessage("gone");
		request(Mono.never()).subscribe().dispose();
		StepVerifier.create(this.requests.drain(TIMEOUT)).verifyComplete();
	}

	private Mono<Void> request(Mono<Void> response) {
		return this.requests.filter(MockServerWebExchange.from(MockServerHttpRequest.get("/")), (exchange) -> response);
	}

}
