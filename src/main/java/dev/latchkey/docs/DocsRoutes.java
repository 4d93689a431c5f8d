package dev.latchkey.docs;

import java.time.Duration;

import dev.latchkey.shared.DomainException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves a page that shows the OpenAPI document in a browser. The files are read on the
 * first request.
 */
@Configuration(proxyBeanMethods = false)
class DocsRoutes {

	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	/** A file with its digest in its name never changes. */
	private static final CacheControl IMMUTABLE = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private final Mono<DocsFiles> files = Mono.fromCallable(DocsFiles::read)
		.subscribeOn(Schedulers.boundedElastic())
		.cache((read) -> FOREVER, (failure) -> Duration.ZERO, () -> Duration.ZERO);

	@Bean
	RouterFunction<ServerResponse> docs() {
		return RouterFunctions.route().GET("/docs", this::page).GET("/docs/{file}", this::file).build();
	}

	private Mono<ServerResponse> page(ServerRequest request) {
		return this.files.flatMap((found) -> found.page().respond(request));
	}

	private Mono<ServerResponse> file(ServerRequest request) {
		return this.files
			.flatMap((found) -> Mono.justOrEmpty(found.file(request.pathVariable("file")))
				.switchIfEmpty(Mono.error(DomainException::notFound)))
			.flatMap((file) -> file.respond(request, IMMUTABLE));
	}

}
