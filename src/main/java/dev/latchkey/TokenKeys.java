package dev.latchkey;

import java.util.Base64;
import java.util.List;

import dev.latchkey.shared.LinkTokens;
import dev.latchkey.shared.StartupFailure;

/**
 * Reads the keys of the links in mails from their setting.
 */
final class TokenKeys {

	private TokenKeys() {
	}

	/**
	 * Reads the keys.
	 * @throws StartupFailure that repeats nothing of them
	 */
	static LinkTokens parse(List<String> texts) {
		try {
			return new LinkTokens(texts.stream().map(TokenKeys::key).toList());
		}
		catch (IllegalArgumentException ex) {
			throw new StartupFailure("latchkey.token-keys is a list of id:base64 pairs with ids from 0 to 255 and"
					+ " at least 32 bytes each, every id once.");
		}
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
