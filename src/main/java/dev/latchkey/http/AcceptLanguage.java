package dev.latchkey.http;

import java.util.function.Consumer;

import dev.latchkey.language.Languages;
import dev.latchkey.language.Words;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The language that a caller asks for (RFC 9110, section 12.5.4). It is a wish: no
 * request is refused for it.
 */
public final class AcceptLanguage {

	private AcceptLanguage() {
	}

	public static Words of(ServerRequest request, Languages languages) {
		return of(request.headers().asHttpHeaders(), languages);
	}

	static Words of(HttpHeaders request, Languages languages) {
		return languages.accepted(request.getOrEmpty(HttpHeaders.ACCEPT_LANGUAGE));
	}

	/**
	 * Says which language an answer is in, and that another caller may get another.
	 */
	public static Consumer<HttpHeaders> mark(Words words) {
		return (headers) -> {
			headers.setContentLanguage(words.language());
			headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
		};
	}

}
