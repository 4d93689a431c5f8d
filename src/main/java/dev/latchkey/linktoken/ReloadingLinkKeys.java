package dev.latchkey.linktoken;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

import org.springframework.context.SmartLifecycle;

/**
 * The keys of the links in mails as they are now. Where they came from a file, it is
 * looked at regularly; what can't be read as keys changes nothing.
 */
class ReloadingLinkKeys implements Supplier<LinkKeys>, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ReloadingLinkKeys.class);

	private static final int LONGEST = 64 * 1024;

	private final Optional<Path> file;

	private final Duration period;

	private final Scheduler thread;

	private final Disposable.Swap running = Disposables.swap();

	private volatile LinkKeys keys;

	/** What was judged last, so that each change is told once. */
	private Optional<String> seen = Optional.empty();

	/**
	 * Holds keys.
	 * @param file where they came from, empty if they can't change
	 */
	ReloadingLinkKeys(LinkKeys keys, Optional<Path> file, Duration period, Scheduler thread) {
		this.keys = keys;
		this.file = file;
		this.period = period;
		this.thread = thread;
	}

	@Override
	public LinkKeys get() {
		return this.keys;
	}

	@Override
	public void start() {
		this.running.update(Flux.fromStream(this.file::stream)
			.flatMap((path) -> Flux.interval(this.period, this.thread)
				.onBackpressureDrop()
				.doOnNext((tick) -> look(path)))
			.subscribe());
	}

	private void look(Path path) {
		String text = content(path);
		if (!this.seen.equals(Optional.of(text))) {
			this.seen = Optional.of(text);
			take(text);
		}
	}

	private void take(String text) {
		try {
			LinkKeys read = LinkKeyParser.parse(text);
			if (!read.equals(this.keys)) {
				this.keys = read;
				logger.info("The keys of links are now those with the ids {}; the first signs", read.ids());
			}
		}
		catch (IllegalArgumentException ex) {
			logger.warn("The file of {} can't be read as keys: those with the ids {} stay", LinkKeyParser.SETTING,
					this.keys.ids());
		}
	}

	/**
	 * The file's text; a file that is gone or too long is as good as an empty one.
	 */
	private static String content(Path path) {
		try {
			return (Files.size(path) <= LONGEST) ? Files.readString(path) : "";
		}
		catch (IOException ex) {
			return "";
		}
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

}
