package dev.latchkey.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Where a request came from, for limits. Behind a proxy that is the proxy, unless the
 * server is told to trust its headers.
 */
public final class ClientAddress {

	private ClientAddress() {
	}

	public static String of(ServerRequest request) {
		return request.remoteAddress()
			.flatMap((address) -> Optional.ofNullable(address.getAddress()))
			.map(InetAddress::getHostAddress)
			.orElse(request.remoteAddress().map(InetSocketAddress::getHostString).orElse("unknown"));
	}

}
