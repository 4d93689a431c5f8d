package dev.latchkey.http;

import java.text.Normalizer;
import java.util.Locale;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads the search text of a list request.
 */
public final class SearchText {

	private static final int MAX_LENGTH = 100;

	private SearchText() {
	}

	/**
	 * The query parameter {@code q} in lower case, or null if nothing is searched for.
	 */
	public static @Nullable String of(ServerRequest request) {
		String text = request.queryParam("q").orElse("");
		if (text.codePointCount(0, text.length()) > MAX_LENGTH || text.indexOf('\0') >= 0) {
			throw DomainException.malformed(DetailMessage.SEARCH_TOO_LONG, MAX_LENGTH).with("field", "q");
		}
		String stripped = text.strip();
		return stripped.isEmpty() ? null : Normalizer.normalize(stripped, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
	}

}
