package dev.latchkey.console;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import dev.latchkey.problem.ProblemRenderer;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Responds with an HTML error page to a browser that opened a wrong URL. All other
 * requests, and all 5xx errors, are left to {@link ProblemRenderer}.
 */
@Order(-3)
class ErrorPage implements WebExceptionHandler {

	private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

	private final ConsoleHandler console;

	ErrorPage(ConsoleHandler console) {
		this.console = console;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		HttpStatus status = ProblemRenderer.statusOf(error);
		if (status.is5xxServerError() || exchange.getResponse().isCommitted() || !isBrowser(exchange.getRequest())) {
			return Mono.error(error);
		}
		return render(exchange, status);
	}

	/**
	 * Whether a browser navigates to a page: other clients do not list HTML in
	 * {@code Accept}.
	 */
	private static boolean isBrowser(ServerHttpRequest request) {
		String path = request.getPath().pathWithinApplication().value();
		return READS.contains(request.getMethod()) && !path.startsWith("/api/") && accepts(request.getHeaders());
	}

	private static boolean accepts(HttpHeaders headers) {
		try {
			return headers.getAccept().stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	private Mono<Void> render(ServerWebExchange exchange, HttpStatus status) {
		ConsolePage page = this.console.page(exchange.getRequest().getPath().contextPath().value(), status);
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(status);
		HttpHeaders headers = response.getHeaders();
		headers.remove(HttpHeaders.CONTENT_LENGTH);
		headers.setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
		headers.setCacheControl("no-store");
		headers.set("Content-Security-Policy", page.policy());
		byte[] html = page.html().getBytes(StandardCharsets.UTF_8);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(html)));
	}

}
