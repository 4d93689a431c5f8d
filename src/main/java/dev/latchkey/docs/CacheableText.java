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
 * A public text whose URL stays the same while its content changes with each release.
 * Caches may store it but must revalidate it before each use, by a digest of the content.
 */
final class CacheableText {

	private final MediaType type;

	private final String text;

	private final String tag;

	private final Map<String, String> headers;

	/**
	 * Prepares the response.
	 * @param headers further headers, of both 200 and 304 responses
	 */
	CacheableText(MediaType type, String text, Map<String, String> headers) {
		this.type = type;
		this.text = text;
		this.tag = '"' + DigestUtils.md5DigestAsHex(text.getBytes(StandardCharsets.UTF_8)) + '"';
		this.headers = headers;
	}

	/**
	 * Sends the text, or 304 to clients that have it already (RFC 9110, section 15.4.5).
	 */
	Mono<ServerResponse> respond(ServerRequest request) {
		boolean notModified = request.exchange().checkNotModified(this.tag);
		ServerResponse.BodyBuilder response = ServerResponse
			.status(notModified ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
			.cacheControl(CacheControl.noCache())
			.eTag(this.tag)
			.headers((target) -> this.headers.forEach(target::set));
		return notModified ? response.build() : response.contentType(this.type).bodyValue(this.text);
	}

}
