package dev.latchkey.linktoken;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import dev.latchkey.shared.StartupException;

/**
 * Parses the keys that sign mailed links.
 */
final class LinkKeyParser {

	static final String SETTING = "latchkey.links.keys";

	private static final Pattern SEPARATOR = Pattern.compile(",");

	private LinkKeyParser() {
	}

	/**
	 * Parses the value of the setting.
	 * @param texts pairs of {@code id:base64}
	 * @throws StartupException if the value is invalid; the message does not repeat it
	 */
	static LinkKeys parse(List<String> texts) {
		try {
			return keys(texts);
		}
		catch (IllegalArgumentException ex) {
			throw new StartupException(SETTING + " is a list of id:base64 pairs with ids from 0 to 255 and"
					+ " at least 32 bytes each, every id once.");
		}
	}

	/**
	 * Parses the content of a file.
	 * @param text pairs of {@code id:base64}, separated by commas
	 * @throws IllegalArgumentException if the content is invalid; the message may contain
	 * parts of it, so it must not be logged
	 */
	static LinkKeys parse(String text) {
		return keys(SEPARATOR.splitAsStream(text).map(String::strip).toList());
	}

	private static LinkKeys keys(List<String> texts) {
		return new LinkKeys(texts.stream().map(LinkKeyParser::key).toList());
	}

	private static LinkTokens.Key key(String text) {
		int colon = text.indexOf(':');
		if (colon < 1) {
			throw new IllegalArgumentException("no id");
		}
		return LinkTokens.Key.of(Integer.parseInt(text.substring(0, colon).strip()),
				Base64.getDecoder().decode(text.substring(colon + 1).strip()));
	}

}
