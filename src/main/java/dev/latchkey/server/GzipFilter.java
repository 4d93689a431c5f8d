package dev.latchkey.server;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.latchkey.http.AcceptEncoding;
import dev.latchkey.http.FilterOrder;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Compresses text responses that are long enough for clients that accept gzip. This is
 * not left to the HTTP server, so that HEAD reports the same length as GET. Only
 * responses to GET are compressed, and none with {@code no-transform}: the length of a
 * compressed response must not reveal how much of a secret a client has guessed (BREACH).
 * Event streams are written frame by frame and are not compressed.
 */
@Order(FilterOrder.GZIP)
class GzipFilter implements WebFilter {

	/** A shorter body fits into one packet anyway. */
	static final int MIN_LENGTH = 1400;

	private static final Set<String> TYPES = Set.of("application/json", "application/yaml", "application/javascript",
			"text/javascript", "text/css", "text/html", "text/csv", "text/plain", "image/svg+xml");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!HttpMethod.GET.equals(exchange.getRequest().getMethod())) {
			return chain.filter(exchange);
		}
		boolean accepted = AcceptEncoding.accepts("gzip",
				exchange.getRequest().getHeaders().getOrDefault(HttpHeaders.ACCEPT_ENCODING, List.of()));
		return chain
			.filter(exchange.mutate().response(new CompressibleResponse(exchange.getResponse(), accepted)).build());
	}

	/**
	 * A response that may be compressed.
	 */
	private static final class CompressibleResponse extends ServerHttpResponseDecorator {

		private final boolean accepted;

		CompressibleResponse(ServerHttpResponse response, boolean accepted) {
			super(response);
			this.accepted = accepted;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			if (body instanceof Mono<? extends DataBuffer> single) {
				return super.writeWith(single.map(this::compress));
			}
			if (!shouldCompress(getHeaders().getContentLength())) {
				return super.writeWith(body);
			}
			setGzipHeaders();
			return super.writeWith(Gzip.of(body, bufferFactory()));
		}

		/**
		 * A 304 varies by {@code Accept-Encoding} like the 200 (RFC 9110, section
		 * 15.4.5).
		 */
		@Override
		public Mono<Void> setComplete() {
			if (HttpStatus.NOT_MODIFIED.equals(getStatusCode()) && !hasOwnCoding(getHeaders())) {
				getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
			}
			return super.setComplete();
		}

		private DataBuffer compress(DataBuffer body) {
			if (!shouldCompress(body.readableByteCount())) {
				return body;
			}
			DataBuffer compressed = Gzip.of(body, bufferFactory());
			setGzipHeaders();
			getHeaders().setContentLength(compressed.readableByteCount());
			return compressed;
		}

		private boolean shouldCompress(long length) {
			HttpHeaders headers = getHeaders();
			if (!isCompressible(headers, length)) {
				return false;
			}
			headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
			return this.accepted;
		}

		/**
		 * A compressed response needs a weak tag (RFC 9110, section 8.8.3.3). A strong
		 * tag on a response that is never cached belongs to a later edit and must stay as
		 * it is, so such a response is not compressed.
		 */
		private boolean isCompressible(HttpHeaders headers, long length) {
			HttpStatusCode status = getStatusCode();
			MediaType type = headers.getContentType();
			String tag = headers.getETag();
			String caching = String.valueOf(headers.getCacheControl());
			return (status == null || status.value() == 200) && (length < 0 || length >= MIN_LENGTH) && type != null
					&& TYPES.contains(type.getType() + "/" + type.getSubtype().toLowerCase(Locale.ROOT))
					&& !hasOwnCoding(headers) && !caching.contains("no-transform")
					&& (!isStrong(tag) || mayBeStored(headers));
		}

		/**
		 * Whether the handler has chosen the content coding itself.
		 */
		private static boolean hasOwnCoding(HttpHeaders headers) {
			return headers.containsHeader(HttpHeaders.CONTENT_ENCODING)
					|| headers.getVary().contains(HttpHeaders.ACCEPT_ENCODING);
		}

		private void setGzipHeaders() {
			HttpHeaders headers = getHeaders();
			headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
			headers.remove(HttpHeaders.CONTENT_LENGTH);
			headers.remove(HttpHeaders.ACCEPT_RANGES);
			if (isStrong(headers.getETag())) {
				headers.set(HttpHeaders.ETAG, "W/" + headers.getETag());
			}
		}

		private static boolean isStrong(@Nullable String tag) {
			return tag != null && !tag.startsWith("W/");
		}

		private static boolean mayBeStored(HttpHeaders headers) {
			String caching = headers.getCacheControl();
			return caching != null && !caching.contains("no-store");
		}

	}

}
