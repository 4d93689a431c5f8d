package dev.latchkey.shutdown;

import java.time.Duration;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Shuts a replica down in order, after its readiness was turned off. First it continues
 * to serve requests until proxies stop sending them; every response closes its
 * connection. Then open streams are closed with a hint to reconnect, requests and mails
 * in progress are finished, and mails that cannot be finished in time are returned to the
 * outbox. The container stops the remaining components afterwards: periodic tasks,
 * server, connection pool.
 */
public class GracefulShutdown implements ApplicationListener<ContextClosedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(GracefulShutdown.class);

	private final ApplicationContext context;

	private final ShutdownSignal signal;

	private final List<DrainableWork> works;

	private final ShutdownProperties properties;

	GracefulShutdown(ApplicationContext context, ShutdownSignal signal, List<DrainableWork> works,
			ShutdownProperties properties) {
		this.context = context;
		this.signal = signal;
		this.works = works;
		this.properties = properties;
	}

	/**
	 * Runs the whole sequence before the container stops anything. Ignores the separate
	 * context of the management port, which closes later.
	 */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			long started = System.nanoTime();
			sequence().timeout(this.properties.workTimeout(), Mono.fromRunnable(this::logTimeout)).block();
			logger.info("The work in progress ended within {} ms",
					Duration.ofNanos(System.nanoTime() - started).toMillis());
		}
	}

	private Mono<Void> sequence() {
		Duration drainTimeout = this.properties.workTimeout().minus(this.properties.drainDelay());
		return Mono.fromRunnable(this.signal::startDraining)
			.then(Mono.delay(this.properties.drainDelay()))
			.then(Mono.fromRunnable(() -> this.signal.startClosing(this.properties.closeWindow())))
			.then(Mono.defer(() -> drainAll(drainTimeout)));
	}

	private Mono<Void> drainAll(Duration timeout) {
		return Mono.when(this.works.stream().map((work) -> work.drain(timeout)).toList());
	}

	private void logTimeout() {
		logger.warn("Some work did not end in time and is aborted");
	}

}
