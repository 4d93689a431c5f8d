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
 * Lets only the person at this machine through: a connection from loopback, to a name
 * that always means this machine (a foreign name that resolves to 127.0.0.1 is an
 * attack), and not passed on by a proxy. For everybody else there is nothing here.
 */
final class LocalhostFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private static final Pattern THIS_MACHINE = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?",
			Pattern.CASE_INSENSITIVE);

	@Override
	public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
		List<String> hosts = request.headers().header("Host");
		boolean local = fromLoopback(request) && hosts.size() == 1 && THIS_MACHINE.matcher(hosts.get(0)).matches()
				&& !forwarded(request);
		return local ? next.handle(request) : Mono.error(DomainException.notFound());
	}

	private static boolean fromLoopback(ServerRequest request) {
		return request.remoteAddress()
			.map(InetSocketAddress::getAddress)
			.filter((address) -> address.isLoopbackAddress())
			.isPresent();
	}

	private static boolean forwarded(ServerRequest request) {
		return request.headers().asHttpHeaders().headerNames().stream().anyMatch(LocalhostFilter::tellsOfAProxy)
				|| arrivedForwarded(request.exchange().getRequest());
	}

	/**
	 * Looks at what came over the wire: a filter for forwarded requests would have taken
	 * the headers away and put the address they claim in place of the real one.
	 */
	private static boolean arrivedForwarded(ServerHttpRequest request) {
		if (!(request instanceof AbstractServerHttpRequest decorated)
				|| !(decorated.getNativeRequest() instanceof HttpServerRequest wire)) {
			return false;
		}
		HttpHeaders headers = wire.requestHeaders();
		return headers.names().stream().anyMatch(LocalhostFilter::tellsOfAProxy);
	}

	private static boolean tellsOfAProxy(String header) {
		String name = header.toLowerCase(Locale.ROOT);
		return name.equals("forwarded") || name.equals("via") || name.startsWith("x-forwarded-")
				|| name.equals("x-real-ip");
	}

}
