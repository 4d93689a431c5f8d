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
 * The end of a replica, from the moment at which its readiness is down: everything goes
 * on while proxies take it out, with every answer closing its connection; then streams
 * end with a hint, requests and mails at hand are finished, and what can't be is handed
 * back. Behind it the container has little left to stop: loops, server, pool.
 */
public class GracefulShutdown implements ApplicationListener<ContextClosedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(GracefulShutdown.class);

	private final ApplicationContext context;

	private final ShutdownSignal departure;

	private final List<DrainableWork> works;

	private final ShutdownProperties properties;

	GracefulShutdown(ApplicationContext context, ShutdownSignal departure, List<DrainableWork> works,
			ShutdownProperties properties) {
		this.context = context;
		this.departure = departure;
		this.works = works;
		this.properties = properties;
	}

	/**
	 * Tells the story to its end before anything is stopped. The probes' own context,
	 * which closes later, is not meant.
	 */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			long begun = System.nanoTime();
			story().timeout(this.properties.workTimeout(), Mono.fromRunnable(this::late)).block();
			logger.info("The work at hand ended within {} ms", Duration.ofNanos(System.nanoTime() - begun).toMillis());
		}
	}

	private Mono<Void> story() {
		Duration left = this.properties.workTimeout().minus(this.properties.drainDelay());
		return Mono.fromRunnable(this.departure::announce)
			.then(Mono.delay(this.properties.drainDelay()))
			.then(Mono.fromRunnable(() -> this.departure.begin(this.properties.closeWindow())))
			.then(Mono.defer(() -> Mono.when(this.works.stream().map((work) -> work.finish(left)).toList())));
	}

	private void late() {
		logger.warn("Some work did not end in time and is cut off");
	}

}
