package dev.latchkey.feed;

import java.util.Optional;

/**
 * A place in an account's log. The epoch tells one database, and one restored state of
 * it, from another, so that an old cursor is never taken for a new one.
 *
 * @param seq the number of the last event that was seen, 0 for none
 */
public record FeedPosition(long epoch, long seq) {

	/** Stands for a cursor that means nothing here: no database has this epoch. */
	public static final FeedPosition UNREADABLE = new FeedPosition(-1, 0);

	/**
	 * Reads a cursor that a client sent back.
	 * @return empty for what can't be one
	 */
	public static Optional<FeedPosition> of(String text) {
		if (!text.matches("[0-9]{1,16}-[0-9]{1,18}")) {
			return Optional.empty();
		}
		int hyphen = text.indexOf('-');
		return Optional.of(new FeedPosition(Long.parseLong(text.substring(0, hyphen)),
				Long.parseLong(text.substring(hyphen + 1))));
	}

	@Override
	public String toString() {
		return this.epoch + "-" + this.seq;
	}

}
