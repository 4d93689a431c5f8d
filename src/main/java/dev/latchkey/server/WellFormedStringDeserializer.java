package dev.latchkey.server;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/**
 * Refuses texts with one half of a surrogate pair (RFC 7493, section 2.1): they can be
 * neither stored nor hashed, nor told from one another.
 */
class WellFormedStringDeserializer extends StringDeserializer {

	@Override
	public String deserialize(JsonParser parser, DeserializationContext context) {
		String text = super.deserialize(parser, context);
		if (text != null && text.codePoints().anyMatch(WellFormedStringDeserializer::isHalf)) {
			return context.reportInputMismatch(this, "half of a surrogate pair");
		}
		return text;
	}

	private static boolean isHalf(int codePoint) {
		return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
	}

}
