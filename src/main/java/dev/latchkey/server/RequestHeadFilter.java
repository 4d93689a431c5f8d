package dev.latchkey.server;

import java.util.List;
import java.util.regex.Pattern;

import dev.latchkey.http.FilterOrder;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses requests that the HTTP server accepts although a recipient must not (RFC 9112,
 * sections 2.3, 3.2 and 6.1): without exactly one valid {@code Host}, with another major
 * version, or with a transfer coding other than {@code chunked}. A proxy could interpret
 * such a request differently.
 */
@Order(FilterOrder.REQUEST_HEAD)
class RequestHeadFilter implements WebFilter {

	private static final Pattern HOST = Pattern.compile("([\\w.~%!$&'()*+,;=-]*|\\[[0-9A-Fa-f:.]+])(:[0-9]{0,5})?",
			Pattern.UNICODE_CASE);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpServerRequest nettyRequest = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		boolean valid = nettyRequest.version().majorVersion() == 1
				&& hasValidHost(nettyRequest.version(), nettyRequest.requestHeaders())
				&& hasKnownTransferCoding(nettyRequest.requestHeaders());
		return valid ? chain.filter(exchange)
				: Mono.error(DomainException.malformed(DetailMessage.REQUEST_NOT_CANONICAL));
	}

	private static boolean hasValidHost(HttpVersion version, HttpHeaders headers) {
		List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
		boolean required = version.compareTo(HttpVersion.HTTP_1_1) >= 0;
		return (hosts.size() == 1) ? HOST.matcher(hosts.get(0)).matches() : (hosts.isEmpty() && !required);
	}

	private static boolean hasKnownTransferCoding(HttpHeaders headers) {
		return headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).stream().allMatch("chunked"::equalsIgnoreCase);
	}

}
