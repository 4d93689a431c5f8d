package dev.latchkey.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.latchkey.http.ApiRoutes;
import dev.latchkey.http.MediaTypes;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves the OpenAPI document of this API. It is written by hand; the tests check every
 * request and response against it.
 */
@Configuration(proxyBeanMethods = false)
class ApiDocumentRoutes {

	/** The media type of YAML (RFC 9512). */
	private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

	/** The line of the document with the base path of the API. */
	private static final String SERVER = "\n  - url: ";

	private static final String PATH = "/openapi.yaml";

	private final String document;

	ApiDocumentRoutes() {
		try {
			this.document = new ClassPathResource("openapi.yaml").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("openapi.yaml can't be read", ex);
		}
	}

	@Bean
	RouterFunction<ServerResponse> apiDocumentRoute() {
		return ApiRoutes.json()
			.offer("GET " + PATH, MediaTypes.of(YAML))
			.routes((routes) -> routes.GET(PATH, this::render));
	}

	private Mono<ServerResponse> render(ServerRequest request) {
		String prefix = request.requestPath().contextPath().value();
		String document = this.document.replace(SERVER + '/', SERVER + (prefix.isEmpty() ? "/" : prefix));
		return new CacheableText(YAML, document, Map.of()).respond(request);
	}

}
