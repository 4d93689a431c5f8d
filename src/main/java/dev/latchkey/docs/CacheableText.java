package dev.latchkey.docs;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A public text under a name that stays while its content changes with each release: it
 * may be kept, but is asked for again before each use, and told by its content's digest.
 */
final class CacheableText {

	private final MediaType type;

	private final String text;

	private final String tag;

	private final Map<String, String> headers;

	/**
	 * Makes the answer to every request for a text.
	 * @param headers what else goes with it, whether it is sent or known already
	 */
	CacheableText(MediaType type, String text, Map<String, String> headers) {
		this.type = type;
		this.text = text;
		this.tag = '"' + DigestUtils.md5DigestAsHex(text.getBytes(StandardCharsets.UTF_8)) + '"';
		this.headers = headers;
	}

	/**
	 * The text, or 304 for whoever has it already (RFC 9110, section 15.4.5).
	 */
	Mono<ServerResponse> answer(ServerRequest request) {
		boolean known = request.exchange().checkNotModified(this.tag);
		ServerResponse.BodyBuilder answer = ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
			.cacheControl(CacheControl.noCache())
			.eTag(this.tag)
			.headers((all) -> this.headers.forEach(all::set));
		return known ? answer.build() : answer.contentType(this.type).bodyValue(this.text);
	}

}
