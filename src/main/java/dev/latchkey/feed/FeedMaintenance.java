package dev.latchkey.feed;

import java.time.Duration;

import dev.latchkey.reactive.BackgroundWork;
import dev.latchkey.shutdown.ShutdownSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps the connection for notifications between replicas open. When this replica shuts
 * down, it polls the feed one last time, so that streams end only after they have sent
 * all events.
 */
class FeedMaintenance extends BackgroundWork {

	private static final Logger logger = LoggerFactory.getLogger(FeedMaintenance.class);

	private static final Duration FINAL_POLL_TIMEOUT = Duration.ofSeconds(3);

	private final FeedPoll poll;

	private final AccountTails tails;

	private final ReplicaNotifications notifications;

	private final ShutdownSignal shutdown;

	FeedMaintenance(FeedPoll poll, AccountTails tails, ReplicaNotifications notifications, ShutdownSignal shutdown) {
		this.poll = poll;
		this.tails = tails;
		this.notifications = notifications;
		this.shutdown = shutdown;
	}

	@Override
	protected Flux<?> work() {
		return Flux.merge(this.notifications.exchange(), finalPoll());
	}

	private Mono<Void> finalPoll() {
		return this.shutdown.closing()
			.then(Mono.defer(this.poll::poll).timeout(FINAL_POLL_TIMEOUT, Mono.empty()))
			.onErrorResume(this::logFailure)
			.doFinally((signal) -> this.tails.completeFinalPoll());
	}

	private Mono<Void> logFailure(Throwable error) {
		logger.warn("The last poll of the feed failed: {}", error.toString());
		return Mono.empty();
	}

}
