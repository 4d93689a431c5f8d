package dev.latchkey.console;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

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
		return request.checkNotModified(page.tag())
			.switchIfEmpty(Mono.defer(() -> ServerResponse.ok()
				.contentType(HTML)
				.cacheControl(CacheControl.noCache())
				.eTag(page.tag())
				.header("Content-Security-Policy", page.policy())
				.bodyValue(page.html())));
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
		CacheControl cache = current ? CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable()
				: CacheControl.noCache();
		return request.checkNotModified(file.tag(gzip)).switchIfEmpty(Mono.defer(() -> {
			ServerResponse.BodyBuilder answer = ServerResponse.ok()
				.contentType(file.type())
				.cacheControl(cache)
				.eTag(file.tag(gzip))
				.varyBy(HttpHeaders.ACCEPT_ENCODING);
			return (gzip ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer).bodyValue(file.bytes(gzip));
		}));
	}

	private static boolean takesGzip(ServerRequest request) {
		return request.headers()
			.header(HttpHeaders.ACCEPT_ENCODING)
			.stream()
			.flatMap((value) -> Arrays.stream(value.split(",", -1)))
			.anyMatch((coding) -> coding.strip().matches("(?i)gzip(;q=(1|0\\.0*[1-9]).*)?"));
	}

}
