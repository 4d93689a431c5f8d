package dev.latchkey.console;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;

/**
 * Serves the console's page, which browsers revalidate each time, and its files, which
 * they cache permanently: changed content has another URL.
 */
class ConsoleHandler {

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private static final CacheControl IMMUTABLE = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private final ConsoleFiles files;

	private final String template;

	ConsoleHandler(ConsoleFiles files, String template) {
		this.files = files;
		this.template = template;
	}

	/**
	 * Serves the page. A 304 has the same headers: a browser replaces its stored headers
	 * by those of the 304 (RFC 9111, section 3.2), the policy among them.
	 */
	Mono<ServerResponse> page(ServerRequest request) {
		ConsolePage page = page(request.requestPath().contextPath().value(), HttpStatus.OK);
		HttpHeaders headers = request.exchange().getResponse().getHeaders();
		headers.setCacheControl(CacheControl.noCache());
		headers.set("Content-Security-Policy", page.policy());
		return request.checkNotModified(page.tag())
			.switchIfEmpty(
					Mono.defer(() -> ServerResponse.ok().contentType(HTML).eTag(page.tag()).bodyValue(page.html())));
	}

	ConsolePage page(String prefix, HttpStatus status) {
		return ConsolePage.of(this.template, prefix, this.files.version(), status.value());
	}

	/**
	 * Serves a file. During a rollout, a page of one version may request files from a
	 * replica of another version: it gets that file, but must not cache it.
	 */
	Mono<ServerResponse> file(ServerRequest request) {
		String name = request.pathVariable("file").replaceFirst("^/", "");
		boolean current = request.pathVariable("version").equals(this.files.version());
		return Mono.justOrEmpty(this.files.find(name))
			.switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)))
			.flatMap((file) -> file.respond(request, current ? IMMUTABLE : CacheControl.noCache()));
	}

}
