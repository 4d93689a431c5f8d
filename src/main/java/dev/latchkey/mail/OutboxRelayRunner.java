package dev.latchkey.mail;

import java.time.Duration;

import dev.latchkey.reactive.BackgroundWork;
import dev.latchkey.shutdown.DrainableWork;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Runs the relay: immediately when a command of this replica has enqueued a mail, and
 * periodically for retries and for mails that other replicas have not sent.
 */
class OutboxRelayRunner extends BackgroundWork implements DrainableWork {

	/** The time to release a mail or to record its outcome, which is a transaction. */
	private static final Duration RELEASE_TIME = Duration.ofSeconds(1);

	private final OutboxRelay relay;

	private final Flux<Boolean> wakes;

	private final Duration pollInterval;

	private final Sinks.Empty<Void> done = Sinks.empty();

	OutboxRelayRunner(OutboxRelay relay, Flux<Boolean> wakes, Duration pollInterval) {
		this.relay = relay;
		this.wakes = wakes;
		this.pollInterval = pollInterval;
	}

	@Override
	protected Publisher<?> work() {
		Flux<Boolean> ticks = Flux.interval(Duration.ZERO, this.pollInterval).map((tick) -> false);
		return this.relay.relay(Flux.merge(ticks, this.wakes)).doFinally((signal) -> this.done.tryEmitEmpty());
	}

	/**
	 * Waits for the SMTP conversations in progress. Shortly before the timeout it cancels
	 * the attempts that can be cancelled, in time to release their mails.
	 */
	@Override
	public Mono<Void> drain(Duration timeout) {
		Mono<Void> cancelling = Mono.delay(timeout.minus(RELEASE_TIME))
			.doOnNext((tick) -> this.relay.cancelAttempts())
			.then(Mono.never());
		return Mono.fromRunnable(this.relay::stopClaiming).then(Mono.firstWithSignal(this.done.asMono(), cancelling));
	}

}
