package dev.latchkey.feed;

import java.time.Duration;

import dev.latchkey.shutdown.ShutdownSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Keeps the feed alive: holds the line to the other replicas, looks regularly for what a
 * lost signal did not tell, and once more when this replica goes away: until all streams
 * have ended, it runs on.
 */
public class FeedMaintenance implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(FeedMaintenance.class);

	private static final Duration LAST_LOOK = Duration.ofSeconds(3);

	private final EventLog log;

	private final AccountTails tails;

	private final ReplicaNotifications notifications;

	private final DatabaseEpoch epoch;

	private final Duration poll;

	private final ShutdownSignal shutdown;

	private final Disposable.Swap running = Disposables.swap();

	FeedMaintenance(EventLog log, AccountTails tails, ReplicaNotifications notifications, DatabaseEpoch epoch,
			Duration poll, ShutdownSignal shutdown) {
		this.log = log;
		this.tails = tails;
		this.notifications = notifications;
		this.epoch = epoch;
		this.poll = poll;
		this.shutdown = shutdown;
	}

	@Override
	public void start() {
		Flux<Void> polling = Flux.interval(this.poll).onBackpressureDrop().concatMap((tick) -> round(), 1);
		Mono<Void> lastLook = this.shutdown.begun()
			.then(Mono.defer(this::round).timeout(LAST_LOOK, Mono.empty()))
			.doFinally((signal) -> this.tails.lookedForTheLastTime());
		this.running.update(Flux.merge(polling, this.notifications.exchange(), lastLook).subscribe());
	}

	private Mono<Void> round() {
		return this.epoch.refresh()
			.then(this.log.heads(this.tails.accounts()).collectList())
			.doOnNext(this.tails::compare)
			.then()
			.onErrorResume((error) -> {
				logger.warn("The feed skips a poll: {}", error.toString());
				return Mono.empty();
			});
	}

	@Override
	public void stop() {
		this.running.update(Disposables.disposed());
	}

	@Override
	public boolean isRunning() {
		Disposable present = this.running.get();
		return present != null && !present.isDisposed();
	}

	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
