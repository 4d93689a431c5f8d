package dev.latchkey.http;

import java.util.function.Consumer;

import dev.latchkey.language.Languages;
import dev.latchkey.language.Translations;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The language that a caller asks for (RFC 9110, section 12.5.4). It is a wish: no
 * request is refused for it.
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
	 * Says which language an answer is in, and that another caller may get another.
	 */
	public static Consumer<HttpHeaders> mark(Translations translations) {
		return (headers) -> {
			headers.setContentLanguage(translations.language());
			headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
		};
	}

}
