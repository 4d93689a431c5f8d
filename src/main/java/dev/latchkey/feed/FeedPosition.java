package dev.latchkey.feed;

import java.util.Optional;

/**
 * A position in an account's log, which clients use as a cursor. The epoch identifies the
 * database and its history, so that a cursor from before a restore is never applied to
 * the restored log.
 *
 * @param seq the number of the last event that was seen, 0 for none
 */
public record FeedPosition(long epoch, long seq) {

	/** Replaces a cursor that cannot be parsed: no database has this epoch. */
	public static final FeedPosition UNREADABLE = new FeedPosition(-1, 0);

	/**
	 * Parses a cursor that a client has sent.
	 * @return the position, or empty if the text is not a cursor
	 */
	public static Optional<FeedPosition> of(String text) {
		if (!text.matches("[0-9]{1,16}-[0-9]{1,18}")) {
			return Optional.empty();
		}
		int hyphen = text.indexOf('-');
		return Optional.of(new FeedPosition(Long.parseLong(text.substring(0, hyphen)),
				Long.parseLong(text.substring(hyphen + 1))));
	}

	/**
	 * Whether a log with this newest event contains the position, or contained it before
	 * its oldest events were deleted.
	 */
	public boolean isUpTo(FeedPosition newest) {
		return this.epoch == newest.epoch && this.seq <= newest.seq;
	}

	@Override
	public String toString() {
		return this.epoch + "-" + this.seq;
	}

}
