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
 * Sends texts that are long enough in gzip to whoever takes it. It is done here and not
 * by the server below, so that HEAD tells the very length that GET has. An answer to
 * anything but GET goes as it is, as does one with {@code no-transform}: its length must
 * not tell how much of a secret in it somebody has guessed (BREACH). Event streams are
 * written frame by frame and never pass through here.
 */
@Order(FilterOrder.GZIP)
class GzipFilter implements WebFilter {

	/** Below this, what is saved fits into the same packet. */
	static final int MIN_LENGTH = 1400;

	private static final Set<String> TYPES = Set.of("application/json", "application/yaml", "application/javascript",
			"text/javascript", "text/css", "text/html", "text/csv", "text/plain", "image/svg+xml");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!HttpMethod.GET.equals(exchange.getRequest().getMethod())) {
			return chain.filter(exchange);
		}
		boolean wanted = AcceptEncoding.accepts("gzip",
				exchange.getRequest().getHeaders().getOrDefault(HttpHeaders.ACCEPT_ENCODING, List.of()));
		return chain.filter(exchange.mutate().response(new Answer(exchange.getResponse(), wanted)).build());
	}

	/**
	 * An answer that may be sent in gzip.
	 */
	private static final class Answer extends ServerHttpResponseDecorator {

		private final boolean wanted;

		Answer(ServerHttpResponse response, boolean wanted) {
			super(response);
			this.wanted = wanted;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			if (body instanceof Mono<? extends DataBuffer> whole) {
				return super.writeWith(whole.map(this::pressed));
			}
			if (!isInGzip(getHeaders().getContentLength())) {
				return super.writeWith(body);
			}
			describe();
			return super.writeWith(Gzip.of(body, bufferFactory()));
		}

		/**
		 * What has not changed still depends on what was asked for (RFC 9110, section
		 * 15.4.5).
		 */
		@Override
		public Mono<Void> setComplete() {
			if (HttpStatus.NOT_MODIFIED.equals(getStatusCode()) && !hasChosen(getHeaders())) {
				getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
			}
			return super.setComplete();
		}

		private DataBuffer pressed(DataBuffer body) {
			if (!isInGzip(body.readableByteCount())) {
				return body;
			}
			DataBuffer pressed = Gzip.of(body, bufferFactory());
			describe();
			getHeaders().setContentLength(pressed.readableByteCount());
			return pressed;
		}

		private boolean isInGzip(long length) {
			HttpHeaders headers = getHeaders();
			if (!pays(headers, length)) {
				return false;
			}
			headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
			return this.wanted;
		}

		/**
		 * A strong tag stands for the bytes as they are (RFC 9110, section 8.8.3.3). What
		 * is never stored has one to be sent back with an edit, so that must stay.
		 */
		private boolean pays(HttpHeaders headers, long length) {
			HttpStatusCode status = getStatusCode();
			MediaType type = headers.getContentType();
			String tag = headers.getETag();
			String caching = String.valueOf(headers.getCacheControl());
			return (status == null || status.value() == 200) && (length < 0 || length >= MIN_LENGTH) && type != null
					&& TYPES.contains(type.getType() + "/" + type.getSubtype().toLowerCase(Locale.ROOT))
					&& !hasChosen(headers) && !caching.contains("no-transform")
					&& (!isStrong(tag) || mayBeStored(headers));
		}

		/**
		 * Whether whoever made the answer has done so for each coding.
		 */
		private static boolean hasChosen(HttpHeaders headers) {
			return headers.containsHeader(HttpHeaders.CONTENT_ENCODING)
					|| headers.getVary().contains(HttpHeaders.ACCEPT_ENCODING);
		}

		private void describe() {
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
