package dev.latchkey.server;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/**
 * Refuses strings with an unpaired surrogate (RFC 7493, section 2.1): they cannot be
 * stored, hashed or distinguished reliably.
 */
class WellFormedStringDeserializer extends StringDeserializer {

	@Override
	public String deserialize(JsonParser parser, DeserializationContext context) {
		String text = super.deserialize(parser, context);
		if (text != null && text.codePoints().anyMatch(WellFormedStringDeserializer::isSurrogate)) {
			throw context.weirdStringException(text, String.class, "unpaired surrogate");
		}
		return text;
	}

	private static boolean isSurrogate(int codePoint) {
		return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
	}

}
