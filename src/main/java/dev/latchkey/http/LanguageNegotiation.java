package dev.latchkey.http;

import java.util.function.Consumer;

import dev.latchkey.language.Languages;
import dev.latchkey.language.Translations;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Chooses the language of a response (RFC 9110, section 12.5.4). A request is never
 * refused because of its {@code Accept-Language}.
 */
public final class LanguageNegotiation {

	private LanguageNegotiation() {
	}

	public static Translations of(ServerRequest request, Languages languages) {
		return of(request.headers().asHttpHeaders(), languages);
	}

	public static Translations of(HttpHeaders request, Languages languages) {
		return languages.negotiate(request.getOrEmpty(HttpHeaders.ACCEPT_LANGUAGE));
	}

	/**
	 * Marks a response with its language and as varying by {@code Accept-Language}.
	 */
	public static Consumer<HttpHeaders> mark(Translations translations) {
		return (headers) -> {
			headers.setContentLanguage(translations.language());
			headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
		};
	}

}
