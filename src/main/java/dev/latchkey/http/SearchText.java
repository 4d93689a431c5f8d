package dev.latchkey.http;

import java.text.Normalizer;
import java.util.Locale;

import dev.latchkey.shared.DomainException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads what a list is searched for.
 */
public final class SearchText {

	private static final int MAX = 100;

	private SearchText() {
	}

	/**
	 * The query parameter {@code q} in lower case, or null if nothing is searched for.
	 */
	public static @Nullable String of(ServerRequest request) {
		String text = request.queryParam("q").map(String::strip).orElse("");
		if (text.length() > MAX || text.indexOf('\0') >= 0) {
			throw DomainException.malformed("Search for at most " + MAX + " characters.").with("field", "q");
		}
		return text.isEmpty() ? null : Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
	}

}
