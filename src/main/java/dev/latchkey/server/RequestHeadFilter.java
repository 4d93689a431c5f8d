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
 * Refuses what the server lets pass although a recipient must not (RFC 9112, sections
 * 2.3, 3.2 and 6.1): a request without one plain {@code Host}, of another major version,
 * or in a transfer coding that nobody undoes here. Another recipient on the way could
 * take it for something else.
 */
@Order(FilterOrder.REQUEST_HEAD)
class RequestHeadFilter implements WebFilter {

	private static final Pattern HOST = Pattern.compile("([\\w.~%!$&'()*+,;=-]*|\\[[0-9A-Fa-f:.]+])(:[0-9]{0,5})?",
			Pattern.UNICODE_CASE);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpServerRequest wire = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		boolean plain = wire.version().majorVersion() == 1 && hasPlainHost(wire.version(), wire.requestHeaders())
				&& isCodedPlainly(wire.requestHeaders());
		return plain ? chain.filter(exchange)
				: Mono.error(DomainException.malformed(DetailMessage.REQUEST_NOT_CANONICAL));
	}

	private static boolean hasPlainHost(HttpVersion version, HttpHeaders headers) {
		List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
		boolean needed = version.compareTo(HttpVersion.HTTP_1_1) >= 0;
		return (hosts.size() == 1) ? HOST.matcher(hosts.get(0)).matches() : (hosts.isEmpty() && !needed);
	}

	private static boolean isCodedPlainly(HttpHeaders headers) {
		return headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).stream().allMatch("chunked"::equalsIgnoreCase);
	}

}
