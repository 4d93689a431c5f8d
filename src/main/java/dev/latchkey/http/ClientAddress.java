package dev.latchkey.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The address of a client, for rate limits. An IPv6 address is reduced to its first 64
 * bits: a network has at least 2⁶⁴ addresses, and each client of it can use any of them
 * (RFC 4291, section 2.5.4). If there is a proxy, it is the address of the proxy, unless
 * {@code server.forward-headers-strategy} makes the server trust its headers.
 */
public final class ClientAddress {

	private static final int NETWORK_BYTES = 8;

	private ClientAddress() {
	}

	public static String of(ServerRequest request) {
		return request.remoteAddress()
			.flatMap((address) -> Optional.ofNullable(address.getAddress()))
			.map(ClientAddress::text)
			.orElse(request.remoteAddress().map(InetSocketAddress::getHostString).orElse("unknown"));
	}

	private static String text(InetAddress address) {
		if (address instanceof Inet6Address) {
			return HexFormat.ofDelimiter(":").formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64";
		}
		return address.getHostAddress();
	}

}
