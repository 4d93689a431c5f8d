package dev.latchkey.reactive;

import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

import org.springframework.context.SmartLifecycle;

/**
 * Work that runs in the background from the start of the application until it ends by
 * itself or is cancelled by the shutdown.
 */
public abstract class BackgroundWork implements SmartLifecycle {

	private final Disposable.Swap subscription = Disposables.swap();

	/**
	 * The work. It is subscribed to at each start and must not fail.
	 */
	protected abstract Publisher<?> work();

	@Override
	public final void start() {
		this.subscription.update(Flux.from(work()).subscribe());
	}

	/**
	 * Cancels the work.
	 */
	@Override
	public final void stop() {
		this.subscription.update(Disposables.disposed());
	}

	@Override
	public final boolean isRunning() {
		Disposable current = this.subscription.get();
		return current != null && !current.isDisposed();
	}

}
