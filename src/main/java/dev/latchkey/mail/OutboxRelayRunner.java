package dev.latchkey.mail;

import java.time.Duration;

import dev.latchkey.shutdown.DrainableWork;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.SmartLifecycle;

/**
 * Runs the relay: at once when a command of this replica has ordered a mail, and
 * regularly for what others left.
 */
class OutboxRelayRunner implements SmartLifecycle, DrainableWork {

	/** What handing back may take: a statement, and another for what is settled. */
	private static final Duration HANDING_BACK = Duration.ofSeconds(1);

	private final OutboxRelay relay;

	private final Flux<Boolean> wakes;

	private final Duration poll;

	private final Sinks.Empty<Void> done = Sinks.empty();

	private @Nullable Disposable running;

	OutboxRelayRunner(OutboxRelay relay, Flux<Boolean> wakes, Duration poll) {
		this.relay = relay;
		this.wakes = wakes;
		this.poll = poll;
	}

	@Override
	public void start() {
		Flux<Boolean> ticks = Flux.interval(Duration.ZERO, this.poll).map((tick) -> false);
		this.running = this.relay.relay(Flux.merge(ticks, this.wakes))
			.doFinally((signal) -> this.done.tryEmitEmpty())
			.subscribe();
	}

	/**
	 * Waits for the conversations with the mail server that are under way, and calls them
	 * off when there is just time left for handing them back.
	 */
	@Override
	public Mono<Void> drain(Duration timeout) {
		Mono<Void> late = Mono.delay(timeout.minus(HANDING_BACK))
			.doOnNext((tick) -> this.relay.callOff())
			.then(Mono.never());
		return Mono.fromRunnable(this.relay::takeNoMore).then(Mono.firstWithSignal(this.done.asMono(), late));
	}

	@Override
	public void stop() {
		if (this.running != null) {
			this.running.dispose();
			this.running = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

}
