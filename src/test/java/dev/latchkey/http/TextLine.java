package dev.latchkey.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Lines of a body, for tests of other modules.
 */
public final class TextLine {

	private TextLine() {
	}

	public static BodyLine of(long number, String text) {
		return of(number, text.getBytes(StandardCharsets.UTF_8));
	}

	public static BodyLine of(long number, byte[] bytes) {
		return new BodyLine(number, bytes, false);
	}

	public static BodyLine tooLong(long number) {
		return new BodyLine(number, new byte[0], true);
	}

	/**
	 * Returns lines that are numbered from 1.
	 */
	public static List<BodyLine> batch(String... texts) {
		return LongStream.rangeClosed(1, texts.length)
			.mapToObj((number) -> of(number, texts[(int) number - 1]))
			.toList();
	}

}
