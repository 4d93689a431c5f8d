package dev.latchkey.problem;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.http.LanguageNegotiation;
import dev.latchkey.language.Languages;
import dev.latchkey.language.Translations;
import dev.latchkey.outage.Outages;
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
 * Renders all errors, from every layer, as {@code application/problem+json} (RFC 9457)
 * with a stable {@code code}. Internal errors are logged here, once, and their response
 * contains no internal details. A client that has disconnected is not an error.
 */
@Order(-2)
public class ProblemRenderer implements WebExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(ProblemRenderer.class);

	private static final String HANDLED_ATTRIBUTE = ProblemRenderer.class.getName();

	private final JsonMapper json;

	private final Languages languages;

	private final Outages outages;

	public ProblemRenderer(JsonMapper json, Languages languages, Outages outages) {
		this.json = json;
		this.languages = languages;
		this.outages = outages;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		if (DisconnectedClientHelper.isClientDisconnectedException(error) || hasResponded(exchange.getResponse())) {
			return Mono.empty();
		}
		if (exchange.getAttributes().put(HANDLED_ATTRIBUTE, error) == error) {
			// It was logged already, and no response can be written any more.
			return Mono.error(error);
		}
		// The observation of the request reads the error from this attribute.
		exchange.getAttributes().put(ExceptionHandlingWebHandler.HANDLED_WEB_EXCEPTION, error);
		DomainException refusal = ExceptionTranslator.of(error);
		if (refusal.code() == ProblemCode.INTERNAL_ERROR) {
			logger.error("Request failed: {} {}", exchange.getRequest().getMethod(), route(exchange), error);
		}
		else if (refusal.code() == ProblemCode.UNAVAILABLE) {
			this.outages.requestRefused(error);
		}
		ServerHttpResponse response = exchange.getResponse();
		return response.isCommitted() ? Mono.error(error) : render(exchange, refusal);
	}

	/**
	 * The HTTP status of the response to an error.
	 */
	public static HttpStatus statusOf(Throwable error) {
		return ProblemStatus.of(ExceptionTranslator.of(error).code().kind());
	}

	/**
	 * Whether the HTTP server has sent a response by itself, as it does if the request
	 * body stops being valid HTTP.
	 */
	private static boolean hasResponded(ServerHttpResponse response) {
		return !response.isCommitted() && response instanceof AbstractServerHttpResponse httpResponse
				&& httpResponse.getNativeResponse() instanceof HttpServerResponse nettyResponse
				&& nettyResponse.hasSentHeaders();
	}

	/**
	 * The pattern of the route: the path itself could contain anything.
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
	 * The problem document of an error in the default language, for requests whose
	 * headers could not be read.
	 */
	public byte[] body(DomainException refusal) {
		return body(refusal, this.languages.translations(Languages.DEFAULT));
	}

	private byte[] body(DomainException refusal, Translations translations) {
		return toJson(ProblemBody.of(refusal, translations));
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
	 * Writes ASCII only: text from a request then cannot change the direction of the
	 * output, and can always be encoded.
	 */
	private byte[] toJson(Map<String, Object> members) {
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
