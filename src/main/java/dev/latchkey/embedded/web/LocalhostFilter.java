package dev.latchkey.embedded.web;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.latchkey.shared.DomainException;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Allows requests from this machine only: over loopback, to a host name that always means
 * this machine (any other name that resolves to 127.0.0.1 is a DNS rebinding attack), and
 * not forwarded by a proxy. All other requests get 404.
 */
final class LocalhostFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private static final Pattern LOCAL_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?",
			Pattern.CASE_INSENSITIVE);

	@Override
	public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
		List<String> hosts = request.headers().header("Host");
		boolean local = isFromLoopback(request) && hosts.size() == 1 && LOCAL_HOST.matcher(hosts.get(0)).matches()
				&& !isForwarded(request);
		return local ? next.handle(request) : Mono.error(DomainException.notFound());
	}

	private static boolean isFromLoopback(ServerRequest request) {
		return request.remoteAddress()
			.map(InetSocketAddress::getAddress)
			.filter((address) -> address.isLoopbackAddress())
			.isPresent();
	}

	private static boolean isForwarded(ServerRequest request) {
		return request.headers().asHttpHeaders().headerNames().stream().anyMatch(LocalhostFilter::isProxyHeader)
				|| wasReceivedForwarded(request.exchange().getRequest());
	}

	/**
	 * Reads the headers as they were received: Spring's filter for forwarded requests
	 * removes them and replaces the remote address by the one they contain.
	 */
	private static boolean wasReceivedForwarded(ServerHttpRequest request) {
		if (!(request instanceof AbstractServerHttpRequest decorated)
				|| !(decorated.getNativeRequest() instanceof HttpServerRequest nettyRequest)) {
			return false;
		}
		HttpHeaders headers = nettyRequest.requestHeaders();
		return headers.names().stream().anyMatch(LocalhostFilter::isProxyHeader);
	}

	private static boolean isProxyHeader(String header) {
		String name = header.toLowerCase(Locale.ROOT);
		return name.equals("forwarded") || name.equals("via") || name.startsWith("x-forwarded-")
				|| name.equals("x-real-ip");
	}

}
