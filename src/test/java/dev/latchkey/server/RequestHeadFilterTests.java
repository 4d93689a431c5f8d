package dev.latchkey.server;

import java.lang.reflect.Proxy;
import java.net.URI;

import dev.latchkey.shared.DomainException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;

/**
 * A head that a proxy could interpret differently is refused.
 */
class RequestHeadFilterTests {

	@ParameterizedTest
	@ValueSource(strings = { "latchkey.example", "latchkey.example:8443", "127.0.0.1", "[::1]", "[::1]:80", "host_name",
			"xn--bcher-kva.example", "latchkey.example:" })
	void oneValidHostIsAccepted(String host) {
		StepVerifier.create(filter("HTTP/1.1", "Host", host)).verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "a/b", "user@host", "host:80:80", "host:123456", "host:x", "[::1", "ä.example",
			"a,b c", "http://host", "host#", "host?" })
	void anyOtherHostIsRefused(String host) {
		refused(filter("HTTP/1.1", "Host", host));
	}

	@Test
	void exactlyOneHostIsRequired() {
		refused(filter("HTTP/1.1"));
		refused(filter("HTTP/1.1", "Host", "a", "Host", "a"));
	}

	@Test
	void version10NeedsNoHostButOnlyOne() {
		StepVerifier.create(filter("HTTP/1.0")).verifyComplete();
		refused(filter("HTTP/1.0", "Host", "a", "Host", "a"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/2.0", "HTTP/0.9", "HTTP/3.0" })
	void anotherMajorVersionIsRefused(String version) {
		refused(filter(version, "Host", "a"));
	}

	@Test
	void theOnlyTransferCodingIsChunked() {
		StepVerifier.create(filter("HTTP/1.1", "Host", "a", "Transfer-Encoding", "Chunked")).verifyComplete();
		refused(filter("HTTP/1.1", "Host", "a", "Transfer-Encoding", "gzip, chunked"));
		refused(filter("HTTP/1.1", "Host", "a", "Transfer-Encoding", "identity"));
		refused(filter("HTTP/1.1", "Host", "a", "Transfer-Encoding", "chunked", "Transfer-Encoding", "gzip"));
	}

	private static void refused(Mono<Void> filtered) {
		StepVerifier.create(filtered)
			.verifyErrorMatches((error) -> error instanceof DomainException refusal
					&& refusal.code().code().equals("malformed-request"));
	}

	/**
	 * Filters a request whose next filter must only be called if the head is valid.
	 */
	private static Mono<Void> filter(String version, String... headers) {
		DefaultHttpHeaders head = new DefaultHttpHeaders();
		for (int index = 0; index < headers.length; index += 2) {
			head.add(headers[index], headers[index + 1]);
		}
		HttpServerRequest netty = (HttpServerRequest) Proxy.newProxyInstance(
				RequestHeadFilterTests.class.getClassLoader(), new Class<?>[] { HttpServerRequest.class },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "version" -> HttpVersion.valueOf(version);
					case "requestHeaders" -> head;
					default -> throw new UnsupportedOperationException(method.getName());
				});
		ServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"))
			.mutate()
			.request(new NettyRequest(netty))
			.build();
		return new RequestHeadFilter().filter(exchange, (filtered) -> Mono.empty());
	}

	/**
	 * A request of Netty without a connection.
	 */
	private static final class NettyRequest extends AbstractServerHttpRequest {

		private final HttpServerRequest netty;

		NettyRequest(HttpServerRequest netty) {
			super(HttpMethod.GET, URI.create("/"), "", new HttpHeaders());
			this.netty = netty;
		}

		@Override
		@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
		public <T> T getNativeRequest() {
			return (T) this.netty;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return Flux.empty();
		}

		@Override
		protected MultiValueMap<String, HttpCookie> initCookies() {
			return new LinkedMultiValueMap<>();
		}

		@Override
		protected @Nullable SslInfo initSslInfo() {
			return null;
		}

	}

}
