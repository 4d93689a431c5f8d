package dev.latchkey.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.reactive.function.server.MockServerRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The address that rate limits count by.
 */
class ClientAddressTests {

	@Test
	void isTheAddressOfTheConnectionWithoutThePort() throws UnknownHostException {
		InetAddress address = InetAddress.getByAddress("client.example", new byte[] { (byte) 192, 0, 2, 7 });
		assertThat(of(new InetSocketAddress(address, 4711))).isEqualTo("192.0.2.7");
	}

	@ParameterizedTest
	@CsvSource({ "2001:db8:1:2:3:4:5:6, 20:01:0d:b8:00:01:00:02/64", "::ffff:192.0.2.7, 192.0.2.7" })
	void isTheNetworkOfAnIpv6Client(String address, String expected) throws UnknownHostException {
		assertThat(of(new InetSocketAddress(InetAddress.getByName(address), 4711))).isEqualTo(expected);
	}

	@Test
	void isTheHostIfAProxyReportedANameThatIsNotResolved() {
		assertThat(of(InetSocketAddress.createUnresolved("_hidden", 0))).isEqualTo("_hidden");
	}

	@Test
	void isNotReadFromHeaders() {
		MockServerRequest request = MockServerRequest.builder()
			.remoteAddress(new InetSocketAddress("192.0.2.7", 1))
			.header("X-Forwarded-For", "198.51.100.1")
			.build();
		assertThat(ClientAddress.of(request)).isEqualTo("192.0.2.7");
	}

	@Test
	void isUnknownIfTheConnectionHasNone() {
		assertThat(ClientAddress.of(MockServerRequest.builder().build())).isEqualTo("unknown");
	}

	private static String of(InetSocketAddress address) {
		return ClientAddress.of(MockServerRequest.builder().remoteAddress(address).build());
	}

}
