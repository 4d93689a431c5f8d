package dev.latchkey.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Renders every refusal and every fault, from whichever layer, as
 * {@code application/problem+json} (RFC 9457) with a stable {@code code}. Faults are
 * logged here, once, and tell the client nothing of the inside; a client that has hung up
 * is none.
 */
@Order(-2)
public class Problems implements WebExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(Problems.class);

	private final JsonMapper json;

	public Problems(JsonMapper json) {
		this.json = json;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
			return Mono.empty();
		}
		DomainException refusal = Refusals.of(error);
		if (refusal.code() == ProblemCode.INTERNAL_ERROR) {
			logger.error("Request failed: {} {}", exchange.getRequest().getMethod(),
					exchange.getRequest().getPath().pathWithinApplication(), error);
		}
		else if (refusal.code() == ProblemCode.UNAVAILABLE) {
			logger.warn("Request refused as unavailable: {}", error.toString());
		}
		ServerHttpResponse response = exchange.getResponse();
		return response.isCommitted() ? Mono.error(error) : render(response, refusal);
	}

	/**
	 * The status with which an error is answered.
	 */
	public static HttpStatus statusOf(Throwable error) {
		return ProblemStatus.of(Refusals.of(error).code().kind());
	}

	private Mono<Void> render(ServerHttpResponse response, DomainException refusal) {
		HttpStatus status = ProblemStatus.of(refusal.code().kind());
		response.setStatusCode(status);
		HttpHeaders headers = response.getHeaders();
		headers.remove(HttpHeaders.CONTENT_LENGTH);
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setCacheControl("no-store");
		addConditionalHeaders(headers, refusal);
		return response
			.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(write(members(status, refusal)))));
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
			headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, roundedUp(retryAfter))));
		}
		if (refusal.code().kind() == ProblemCode.Kind.UNAUTHENTICATED) {
			headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
		if (refusal.properties().get("allow") instanceof List<?> methods) {
			headers.set(HttpHeaders.ALLOW, String.join(", ", methods.stream().map(Object::toString).toList()));
		}
	}

	private static long roundedUp(Duration wait) {
		return wait.plusSeconds(1).minusNanos(1).toSeconds();
	}

	private static Map<String, Object> members(HttpStatus status, DomainException refusal) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("type", "urn:latchkey:problem:" + refusal.code().code());
		members.put("title", refusal.code().title());
		members.put("status", status.value());
		members.put("detail", refusal.detail());
		members.put("code", refusal.code().code());
		refusal.properties().forEach(members::putIfAbsent);
		return members;
	}

}
