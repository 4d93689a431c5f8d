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
 * The current keys of mailed links. If they come from a file, it is read periodically;
 * content that is not a valid list of keys changes nothing.
 */
class ReloadingLinkKeys implements Supplier<LinkKeys>, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ReloadingLinkKeys.class);

	private static final int MAX_FILE_SIZE = 64 * 1024;

	private final Optional<Path> file;

	private final Duration interval;

	private final Scheduler scheduler;

	private final Disposable.Swap running = Disposables.swap();

	private volatile LinkKeys keys;

	/** The content that was read last, so that each change is logged once. */
	private Optional<String> lastContent = Optional.empty();

	/**
	 * Creates the holder of the keys.
	 * @param keys the keys at the start
	 * @param file the file with the keys, empty if they can't change
	 * @param interval how often the file is read
	 * @param scheduler runs the reading, which blocks
	 */
	ReloadingLinkKeys(LinkKeys keys, Optional<Path> file, Duration interval, Scheduler scheduler) {
		this.keys = keys;
		this.file = file;
		this.interval = interval;
		this.scheduler = scheduler;
	}

	@Override
	public LinkKeys get() {
		return this.keys;
	}

	@Override
	public void start() {
		this.running.update(Flux.fromStream(this.file::stream)
			.flatMap((path) -> Flux.interval(this.interval, this.scheduler)
				.onBackpressureDrop()
				.doOnNext((tick) -> reload(path)))
			.subscribe());
	}

	private void reload(Path path) {
		String text = content(path);
		if (!this.lastContent.equals(Optional.of(text))) {
			this.lastContent = Optional.of(text);
			apply(text);
		}
	}

	private void apply(String text) {
		try {
			LinkKeys read = LinkKeyParser.parse(text);
			if (!read.equals(this.keys)) {
				this.keys = read;
				logger.info("The link keys now have the ids {}; the first key signs", read.ids());
			}
		}
		catch (IllegalArgumentException ex) {
			logger.warn("The file of {} does not contain valid keys; the keys with the ids {} stay in use",
					LinkKeyParser.SETTING, this.keys.ids());
		}
	}

	/**
	 * The content of the file; empty if the file is missing or too large.
	 */
	private static String content(Path path) {
		try {
			return (Files.size(path) <= MAX_FILE_SIZE) ? Files.readString(path) : "";
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
		Disposable current = this.running.get();
		return current != null && !current.isDisposed();
	}

}
