package dev.latchkey.mail;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Runs the relay: at once when a command of this replica has ordered a mail, and
 * regularly for what others left. A failing round never ends the loop.
 */
class RelayLoop implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(RelayLoop.class);

	private final Relay relay;

	private final Flux<Boolean> wakes;

	private final Duration poll;

	private @Nullable Disposable running;

	RelayLoop(Relay relay, Flux<Boolean> wakes, Duration poll) {
		this.relay = relay;
		this.wakes = wakes;
		this.poll = poll;
	}

	@Override
	public void start() {
		Flux<Boolean> ticks = Flux.interval(Duration.ZERO, this.poll).map((tick) -> false);
		this.running = Flux.merge(ticks, this.wakes).onBackpressureLatest().concatMap((tick) -> round(), 1).subscribe();
	}

	private Mono<Long> round() {
		return this.relay.relayDue().onErrorResume((error) -> {
			logger.warn("The mail relay skips a round: {}", error.toString());
			return Mono.just(0L);
		});
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
