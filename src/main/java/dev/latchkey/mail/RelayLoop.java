package dev.latchkey.mail;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.context.SmartLifecycle;

/**
 * Runs the relay: at once when a command of this replica has ordered a mail, and
 * regularly for what others left.
 */
class RelayLoop implements SmartLifecycle {

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
		this.running = this.relay.relay(Flux.merge(ticks, this.wakes)).subscribe();
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
