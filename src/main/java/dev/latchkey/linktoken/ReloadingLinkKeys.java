package dev.latchkey.linktoken;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current keys of mailed links. If they come from a file, it is read periodically;
 * content that is not a valid list of keys changes nothing.
 */
class ReloadingLinkKeys implements Supplier<LinkKeys> {

	private static final Logger logger = LoggerFactory.getLogger(ReloadingLinkKeys.class);

	private static final int MAX_FILE_SIZE = 64 * 1024;

	private final Optional<Path> file;

	private volatile LinkKeys keys;

	/** The content that was read last, so that each change is logged once. */
	private Optional<String> lastContent = Optional.empty();

	/**
	 * Creates the holder of the keys.
	 * @param keys the keys at the start
	 * @param file the file with the keys, empty if they cannot change
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
	 * Reads the file again, if the keys came from one. Blocks while it reads.
	 */
	void reload() {
		this.file.ifPresent(this::reloadFrom);
	}

	private void reloadFrom(Path path) {
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

}
