package dev.latchkey.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.MimeType;

/**
 * Refuses bytes that are not UTF-8 (RFC 8259, section 8.1). The parser behind it lets
 * overlong forms and encoded surrogates pass, which could smuggle in what a check has
 * looked for.
 */
class StrictJsonDecoder extends JacksonJsonDecoder {

	StrictJsonDecoder(JsonMapper json) {
		super(json);
	}

	@Override
	public Object decode(DataBuffer body, ResolvableType type, @Nullable MimeType mimeType,
			@Nullable Map<String, Object> hints) {
		requireUtf8(body);
		return super.decode(body, type, mimeType, hints);
	}

	private static void requireUtf8(DataBuffer body) {
		ByteBuffer bytes = ByteBuffer.allocate(body.readableByteCount());
		body.toByteBuffer(bytes);
		try {
			StandardCharsets.UTF_8.newDecoder().decode(bytes.rewind());
		}
		catch (CharacterCodingException ex) {
			throw new DecodingException("not UTF-8", ex);
		}
	}

}
