package dev.latchkey.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Converts text to UTF-8 while it arrives in pieces. UTF-8 passes unchanged, so that
 * malformed bytes are found where the text is decoded. In other charsets, bytes without a
 * character become U+FFFD.
 */
final class Utf8Transcoder {

	private static final int MARK_LENGTH = 2;

	/** Null as long as the charset has not been detected. */
	private @Nullable Charset charset;

	private @Nullable CharsetDecoder decoder;

	/** Bytes that are not converted yet: a part of a character or of the mark. */
	private byte[] rest = new byte[0];

	private Utf8Transcoder(@Nullable Charset charset) {
		this.charset = charset;
	}

	static Utf8Transcoder of(Charset charset) {
		return new Utf8Transcoder(charset);
	}

	/**
	 * Creates a transcoder for text whose charset is unknown: UTF-16 if it begins with
	 * the byte order mark of UTF-16, which is not valid in UTF-8, and UTF-8 otherwise.
	 */
	static Utf8Transcoder detecting() {
		return new Utf8Transcoder(null);
	}

	/**
	 * Converts the next piece.
	 */
	byte[] next(byte[] piece) {
		byte[] bytes = joined(this.rest, piece);
		if (this.charset == null && bytes.length < MARK_LENGTH) {
			this.rest = bytes;
			return new byte[0];
		}
		return convert(bytes, false);
	}

	/**
	 * Converts what is left at the end of the text.
	 */
	byte[] end() {
		return convert(this.rest, true);
	}

	private byte[] convert(byte[] bytes, boolean end) {
		Charset known = (this.charset != null) ? this.charset : detect(bytes);
		this.charset = known;
		this.rest = new byte[0];
		return known.equals(StandardCharsets.UTF_8) ? bytes : decode(known, bytes, end);
	}

	private byte[] decode(Charset known, byte[] bytes, boolean end) {
		CharsetDecoder current = (this.decoder != null) ? this.decoder : decoder(known);
		this.decoder = current;
		ByteBuffer input = ByteBuffer.wrap(bytes);
		CharBuffer output = CharBuffer.allocate(bytes.length + 1);
		current.decode(input, output, end);
		if (end) {
			current.flush(output);
		}
		this.rest = new byte[input.remaining()];
		input.get(this.rest);
		return output.flip().toString().getBytes(StandardCharsets.UTF_8);
	}

	private static CharsetDecoder decoder(Charset charset) {
		return charset.newDecoder()
			.onMalformedInput(CodingErrorAction.REPLACE)
			.onUnmappableCharacter(CodingErrorAction.REPLACE);
	}

	private static Charset detect(byte[] bytes) {
		boolean marked = bytes.length >= MARK_LENGTH && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
				|| (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE));
		return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
	}

	private static byte[] joined(byte[] first, byte[] second) {
		return (first.length == 0) ? second
				: ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
	}

}
