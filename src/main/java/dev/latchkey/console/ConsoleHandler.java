package dev.latchkey.console;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;

/**
 * Serves the console's page, which browsers ask for each time, and its files, which they
 * keep for good: another content has another address.
 */
class ConsoleHandler {

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private final ConsoleFiles files;

	private final String template;

	ConsoleHandler(ConsoleFiles files, String template) {
		this.files = files;
		this.template = template;
	}

	Mono<ServerResponse> page(ServerRequest request) {
		ConsolePage page = page(request.requestPath().contextPath().value(), HttpStatus.OK);
		HttpHeaders always = headers(CacheControl.noCache());
		always.set("Content-Security-Policy", page.policy());
		return answer(request, page.tag(), always,
				() -> ServerResponse.ok().contentType(HTML).eTag(page.tag()).bodyValue(page.html()));
	}

	ConsolePage page(String prefix, HttpStatus status) {
		return ConsolePage.of(this.template, prefix, this.files.version(), status.value());
	}

	Mono<ServerResponse> file(ServerRequest request) {
		String name = request.pathVariable("file").replaceFirst("^/", "");
		boolean current = request.pathVariable("version").equals(this.files.version());
		return Mono.justOrEmpty(this.files.find(name))
			.switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)))
			.flatMap((file) -> send(request, file, current));
	}

	/**
	 * During a rollout, a page of one version may ask a replica of another: it gets what
	 * there is, but must not keep it.
	 */
	private static Mono<ServerResponse> send(ServerRequest request, ConsoleFile file, boolean current) {
		boolean gzip = takesGzip(request);
		HttpHeaders always = headers(
				current ? CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable() : CacheControl.noCache());
		always.setVary(List.of(HttpHeaders.ACCEPT_ENCODING));
		return answer(request, file.tag(gzip), always, () -> {
			ServerResponse.BodyBuilder answer = ServerResponse.ok().contentType(file.type()).eTag(file.tag(gzip));
			return (gzip ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer).bodyValue(file.bytes(gzip));
		});
	}

	/**
	 * Sends a content, or says that it is still the same. The headers go with both: a
	 * browser puts those of a 304 in place of the ones it has kept (RFC 9111, section
	 * 3.2), the policy among them.
	 */
	private static Mono<ServerResponse> answer(ServerRequest request, String tag, HttpHeaders always,
			Supplier<Mono<ServerResponse>> content) {
		request.exchange().getResponse().getHeaders().putAll(always);
		return request.checkNotModified(tag).switchIfEmpty(Mono.defer(content));
	}

	private static HttpHeaders headers(CacheControl caching) {
		HttpHeaders headers = new HttpHeaders();
		headers.setCacheControl(caching);
		return headers;
	}

	private static boolean takesGzip(ServerRequest request) {
		return request.headers()
			.header(HttpHeaders.ACCEPT_ENCODING)
			.stream()
			.flatMap((value) -> Arrays.stream(value.split(",", -1)))
			.anyMatch((coding) -> coding.strip().matches("(?i)gzip(;q=(1|0\\.0*[1-9]).*)?"));
	}

}
