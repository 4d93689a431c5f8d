package dev.latchkey.linktoken;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the links in mails as they are now. Where they came from a file, it is
 * looked at regularly; what can't be read as keys changes nothing.
 */
class ReloadingLinkKeys implements Supplier<LinkKeys> {

	private static final Logger logger = LoggerFactory.getLogger(ReloadingLinkKeys.class);

	private static final int LONGEST = 64 * 1024;

	private final Optional<Path> file;

	private volatile LinkKeys keys;

	/** What was judged last, so that each change is told once. */
	private Optional<String> seen = Optional.empty();

	/**
	 * Holds keys.
	 * @param file where they came from, empty if they can't change
	 */
	ReloadingLinkKeys(LinkKeys keys, Optional<Path> file) {
		this.keys = keys;
		this.file = file;
	}

	@Override
	public LinkKeys get() {
		return this.keys;
	}

	/**
	 * Reads the file again, if the keys came from one, and uses its keys from now on.
	 * Blocks while it reads.
	 */
	void reload() {
		this.file.ifPresent(this::reloadFrom);
	}

	private void reloadFrom(Path path) {
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

}
