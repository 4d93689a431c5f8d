package dev.latchkey.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The address of a client, for rate limits. If there is a proxy, it is the address of the
 * proxy, unless {@code server.forward-headers-strategy} makes the server trust its
 * headers.
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
