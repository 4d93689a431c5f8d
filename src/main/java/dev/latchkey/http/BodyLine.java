package dev.latchkey.http;

import java.io.ByteArrayOutputStream;
import java.util.List;

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
	 * Joins lines with a line feed.
	 * @param lines at least one line; none of them is too long
	 * @return a line with the number of the first one
	 */
	static BodyLine join(List<BodyLine> lines) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (BodyLine line : lines) {
			if (joined.size() > 0) {
				joined.write('\n');
			}
			joined.writeBytes(line.bytes);
		}
		return new BodyLine(lines.get(0).number, joined.toByteArray(), false);
	}

	/**
	 * The length in bytes.
	 */
	int length() {
		return this.bytes.length;
	}

	/**
	 * Whether the line contains an odd number of double quotes. A line that is too long
	 * counts as one without quotes.
	 */
	boolean hasUnpairedQuote() {
		boolean unpaired = false;
		for (byte character : this.bytes) {
			unpaired ^= character == '"';
		}
		return unpaired && !this.tooLong;
	}

	/**
	 * The line number in the body, from 1; blank lines count.
	 */
	public long number() {
		return this.number;
	}

	/**
	 * The text of the line.
	 * @throws DomainException {@link ProblemCode#BODY_TOO_LARGE} for a line that is too
	 * long, {@link ProblemCode#MALFORMED_REQUEST} for one that is not UTF-8
	 */
	public String text() {
		if (this.tooLong) {
			throw DomainException.of(ProblemCode.BODY_TOO_LARGE);
		}
		return Utf8.decode(this.bytes).orElseThrow(() -> DomainException.malformed(DetailMessage.LINE_NOT_UTF8));
	}

}
