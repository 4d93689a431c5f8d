package dev.latchkey.http;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;

/**
 * One line of a streamed body, without its line end.
 */
public final class BodyLine {

	/** The longest line, in bytes. */
	public static final int MAX_LENGTH = 16 * 1024;

	private final long number;

	private final byte[] bytes;

	private final boolean tooLong;

	BodyLine(long number, byte[] bytes, boolean tooLong) {
		this.number = number;
		this.bytes = bytes;
		this.tooLong = tooLong;
	}

	/**
	 * The line number in the body, from 1; blank lines count.
	 */
	public long number() {
		return this.number;
	}

	/**
	 * The text of the line, without leading and trailing white space.
	 * @throws DomainException {@link ProblemCode#BODY_TOO_LARGE} for a line that is too
	 * long, {@link ProblemCode#MALFORMED_REQUEST} for one that is not UTF-8
	 */
	public String text() {
		if (this.tooLong) {
			throw DomainException.of(ProblemCode.BODY_TOO_LARGE);
		}
		return Utf8.decode(this.bytes)
			.map(String::strip)
			.orElseThrow(() -> DomainException.malformed(DetailMessage.LINE_NOT_UTF8));
	}

}
