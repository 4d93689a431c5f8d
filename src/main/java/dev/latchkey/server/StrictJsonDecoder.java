package dev.latchkey.server;

import java.nio.ByteBuffer;
import java.util.Map;

import dev.latchkey.http.Utf8;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.MimeType;

/**
 * Refuses bytes that are not UTF-8 (RFC 8259, section 8.1). The JSON parser accepts
 * overlong forms and encoded surrogates, which could bypass a check for certain
 * characters, and it detects UTF-16 and UTF-32.
 */
class StrictJsonDecoder extends JacksonJsonDecoder {

	StrictJsonDecoder(JsonMapper json) {
		super(json);
	}

	@Override
	public Object decode(DataBuffer body, ResolvableType type, @Nullable MimeType mimeType,
			@Nullable Map<String, Object> hints) {
		byte[] bytes = new byte[body.readableByteCount()];
		body.toByteBuffer(ByteBuffer.wrap(bytes));
		if (!isUtf8(bytes)) {
			DataBufferUtils.release(body);
			throw DomainException.malformed(DetailMessage.BODY_NOT_UTF8);
		}
		return super.decode(body, type, mimeType, hints);
	}

	/**
	 * A zero byte is a sign of UTF-16 or UTF-32, which the parser would detect and read.
	 */
	private static boolean isUtf8(byte[] bytes) {
		return Utf8.decode(bytes).filter((text) -> text.indexOf('\0') < 0).isPresent();
	}

}
