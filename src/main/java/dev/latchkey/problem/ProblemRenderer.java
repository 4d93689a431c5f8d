package dev.latchkey.problem;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.http.LanguageNegotiation;
import dev.latchkey.language.Languages;
import dev.latchkey.language.Translations;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.handler.ExceptionHandlingWebHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Renders every refusal and every fault, from whichever layer, as
 * {@code application/problem+json} (RFC 9457) with a stable {@code code}. Faults are
 * logged here, once, and tell the client nothing of the inside; a client that has hung up
 * is none.
 */
@Order(-2)
public class ProblemRenderer implements WebExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(ProblemRenderer.class);

	private static final String HANDLED = ProblemRenderer.class.getName();

	private final JsonMapper json;

	private final Languages languages;

	public ProblemRenderer(JsonMapper json, Languages languages) {
		this.json = json;
		this.languages = languages;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		if (DisconnectedClientHelper.isClientDisconnectedException(error) || hasAnswered(exchange.getResponse())) {
			return Mono.empty();
		}
		if (exchange.getAttributes().put(HANDLED, error) == error) {
			// It was told already, and nothing can be answered any more.
			return Mono.error(error);
		}
		// Where the observation of the request looks for it.
		exchange.getAttributes().put(ExceptionHandlingWebHandler.HANDLED_WEB_EXCEPTION, error);
		DomainException refusal = ExceptionTranslator.of(error);
		if (refusal.code() == ProblemCode.INTERNAL_ERROR) {
			logger.error("Request failed: {} {}", exchange.getRequest().getMethod(), route(exchange), error);
		}
		else if (refusal.code() == ProblemCode.UNAVAILABLE) {
			logger.warn("Request refused as unavailable: {}", error.toString());
		}
		ServerHttpResponse response = exchange.getResponse();
		return response.isCommitted() ? Mono.error(error) : render(exchange, refusal);
	}

	/**
	 * The status with which an error is answered.
	 */
	public static HttpStatus statusOf(Throwable error) {
		return ProblemStatus.of(ExceptionTranslator.of(error).code().kind());
	}

	/**
	 * Whether the server below has spoken: a body that stops being HTTP half-way it
	 * refuses by itself.
	 */
	private static boolean hasAnswered(ServerHttpResponse response) {
		return !response.isCommitted() && response instanceof AbstractServerHttpResponse own
				&& own.getNativeResponse() instanceof HttpServerResponse wire && wire.hasSentHeaders();
	}

	/**
	 * The route's pattern: what stands in the path itself can be anything.
	 */
	private static Object route(ServerWebExchange exchange) {
		return exchange.getAttributeOrDefault(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "(before any route)");
	}

	private Mono<Void> render(ServerWebExchange exchange, DomainException refusal) {
		ServerHttpResponse response = exchange.getResponse();
		HttpStatus status = ProblemStatus.of(refusal.code().kind());
		response.setStatusCode(status);
		HttpHeaders headers = response.getHeaders();
		headers.remove(HttpHeaders.CONTENT_LENGTH);
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setCacheControl("no-store");
		addConditionalHeaders(headers, refusal);
		Translations translations = translations(exchange, refusal);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body(refusal, translations))));
	}

	/**
	 * The problem that tells of a refusal to somebody whose wishes nobody could read.
	 */
	public byte[] body(DomainException refusal) {
		return body(refusal, this.languages.translations(Languages.DEFAULT));
	}

	private byte[] body(DomainException refusal, Translations translations) {
		return write(ProblemBody.of(refusal, translations));
	}

	private Translations translations(ServerWebExchange exchange, DomainException refusal) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		Locale prescribed = refusal.locale();
		if (prescribed != null) {
			Translations translations = this.languages.translations(prescribed);
			headers.setContentLanguage(translations.language());
			return translations;
		}
		Translations translations = LanguageNegotiation.of(exchange.getRequest().getHeaders(), this.languages);
		LanguageNegotiation.mark(translations).accept(headers);
		return translations;
	}

	/**
	 * In ASCII: what is repeated of a request turns no text around, and can't fail to be
	 * written.
	 */
	private byte[] write(Map<String, Object> members) {
		return this.json.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsBytes(members);
	}

	private static void addConditionalHeaders(HttpHeaders headers, DomainException refusal) {
		Duration retryAfter = refusal.retryAfter();
		if (retryAfter != null) {
			headers.set(HttpHeaders.RETRY_AFTER, Long.toString(ProblemBody.seconds(retryAfter)));
		}
		if (refusal.code().kind() == ProblemCode.Kind.UNAUTHENTICATED) {
			headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
		if (refusal.properties().get("allow") instanceof List<?> methods) {
			headers.set(HttpHeaders.ALLOW, String.join(", ", methods.stream().map(Object::toString).toList()));
		}
	}

}
