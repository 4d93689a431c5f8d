package dev.latchkey.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

import dev.latchkey.testing.RouterClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which responses are compressed, and what their headers are then.
 */
class GzipFilterTests {

	private static final String LONG = "0123456789".repeat(GzipFilter.MIN_LENGTH / 10);

	@Nested
	class Compresses {

		@Test
		void aLongTextForAClientThatAcceptsIt() throws IOException {
			EntityExchangeResult<byte[]> response = get("gzip", (headers) -> {
			});
			byte[] body = Objects.requireNonNull(response.getResponseBody());
			assertThat(unzipped(body)).isEqualTo(LONG);
			HttpHeaders headers = response.getResponseHeaders();
			assertThat(headers.getFirst("Content-Encoding")).isEqualTo("gzip");
			assertThat(headers.getContentLength()).isEqualTo(body.length).isLessThan(LONG.length());
			assertThat(headers.getVary()).containsExactly("Accept-Encoding");
		}

		@ParameterizedTest
		@ValueSource(strings = { "application/json", "application/yaml", "text/javascript;charset=UTF-8", "text/css",
				"text/html;charset=UTF-8", "text/csv", "image/svg+xml", "TEXT/PLAIN" })
		void everyTypeOfText(String type) {
			assertThat(isCompressed(get("gzip", (headers) -> headers.set("Content-Type", type)))).isTrue();
		}

		@Test
		void aTaggedResponseThatMayBeStoredAndItsTagBecomesWeak() {
			EntityExchangeResult<byte[]> response = get("gzip", (headers) -> {
				headers.setETag("\"7\"");
				headers.setCacheControl("no-cache");
			});
			assertThat(isCompressed(response)).isTrue();
			assertThat(response.getResponseHeaders().getETag()).isEqualTo("W/\"7\"");
		}

		@Test
		void aResponseWithAWeakTagWhichStaysTheSame() {
			EntityExchangeResult<byte[]> response = get("gzip", (headers) -> headers.setETag("W/\"7\""));
			assertThat(isCompressed(response)).isTrue();
			assertThat(response.getResponseHeaders().getETag()).isEqualTo("W/\"7\"");
		}

		@Test
		void aBodyInPartsWhoseLengthIsUnknown() throws IOException {
			EntityExchangeResult<byte[]> response = exchange(HttpMethod.GET, "gzip",
					(request) -> ServerResponse.ok()
						.contentType(MediaType.TEXT_PLAIN)
						.body(Flux.just("short", " text"), String.class));
			assertThat(isCompressed(response)).isTrue();
			assertThat(response.getResponseHeaders().getFirst("Content-Length")).isNull();
			assertThat(unzipped(Objects.requireNonNull(response.getResponseBody()))).isEqualTo("short text");
		}

	}

	@Nested
	class DoesNotCompress {

		@Test
		void forAClientThatDoesNotAcceptIt() {
			EntityExchangeResult<byte[]> response = get("br", (headers) -> {
			});
			assertThat(response.getResponseBody()).isEqualTo(LONG.getBytes(StandardCharsets.UTF_8));
			assertThat(response.getResponseHeaders().getFirst("Content-Encoding")).isNull();
			assertThat(response.getResponseHeaders().getVary()).containsExactly("Accept-Encoding");
		}

		@Test
		void aShortText() {
			EntityExchangeResult<byte[]> response = exchange(HttpMethod.GET, "gzip",
					(request) -> ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).bodyValue(LONG.substring(1)));
			assertPlain(response);
		}

		@ParameterizedTest
		@ValueSource(strings = { "text/event-stream", "application/x-ndjson", "image/png", "application/octet-stream" })
		void aTypeThatIsNotText(String type) {
			assertPlain(get("gzip", (headers) -> headers.set("Content-Type", type)));
		}

		@Test
		void aResponseThatMustNotBeTransformed() {
			assertPlain(get("gzip", (headers) -> headers.setCacheControl("no-store, no-transform")));
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "no-store" })
		void aStrongTagThatIsNeededForALaterEdit(String caching) {
			EntityExchangeResult<byte[]> response = get("gzip", (headers) -> {
				headers.setETag("\"7\"");
				if (!caching.isEmpty()) {
					headers.setCacheControl(caching);
				}
			});
			assertPlain(response);
			assertThat(response.getResponseHeaders().getETag()).isEqualTo("\"7\"");
		}

		@Test
		void aResponseWhoseHandlerChoseTheCoding() {
			assertThat(isCompressed(get("gzip", (headers) -> headers.setVary(List.of("Accept-Encoding"))))).isFalse();
			assertThat(get("gzip", (headers) -> headers.set("Content-Encoding", "br")).getResponseBody())
				.isEqualTo(LONG.getBytes(StandardCharsets.UTF_8));
		}

		@Test
		void aResponseToAWritingRequest() {
			assertPlain(exchange(HttpMethod.POST, "gzip",
					(request) -> ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).bodyValue(LONG)));
		}

		@Test
		void anotherStatus() {
			assertPlain(exchange(HttpMethod.GET, "gzip",
					(request) -> ServerResponse.accepted().contentType(MediaType.TEXT_PLAIN).bodyValue(LONG)));
		}

		private void assertPlain(EntityExchangeResult<byte[]> response) {
			assertThat(isCompressed(response)).isFalse();
			assertThat(response.getResponseHeaders().getVary()).isEmpty();
		}

	}

	@Test
	void notModifiedVariesLikeTheFullResponse() {
		EntityExchangeResult<byte[]> response = exchange(HttpMethod.GET, "gzip",
				(request) -> ServerResponse.status(304).eTag("\"7\"").build());
		assertThat(response.getResponseHeaders().getVary()).containsExactly("Accept-Encoding");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "identity" })
	void headReportsTheHeadersOfGetWithoutABody(String coding) {
		HandlerFunction<ServerResponse> handler = (request) -> ServerResponse.ok()
			.contentType(MediaType.TEXT_PLAIN)
			.header("Cache-Control", "no-cache")
			.eTag("\"7\"")
			.bodyValue(LONG);
		EntityExchangeResult<byte[]> get = exchange(HttpMethod.GET, coding, handler);
		EntityExchangeResult<byte[]> head = exchange(HttpMethod.HEAD, coding, handler);
		assertThat(head.getResponseBody()).isNull();
		assertThat(head.getResponseHeaders()).isEqualTo(get.getResponseHeaders());
		assertThat(head.getResponseHeaders().getContentLength())
			.isEqualTo(Objects.requireNonNull(get.getResponseBody()).length);
	}

	@Nested
	class Buffers {

		private final NettyDataBufferFactory factory = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

		@Test
		void eachPartIsFlushedAtOnceAndReleased() throws IOException {
			TestPublisher<DataBuffer> parts = TestPublisher.create();
			ByteBuf first = buffer("a");
			StringBuilder sizes = new StringBuilder();
			StepVerifier.create(Gzip.of(parts.flux(), this.factory).map(DataBuffer::readableByteCount))
				.then(() -> parts.next(this.factory.wrap(first)))
				.assertNext((size) -> sizes.append((size > 10) ? "flushed" : "held"))
				.then(parts::complete)
				.expectNextCount(1)
				.verifyComplete();
			assertThat(sizes).hasToString("flushed");
			assertThat(first.refCnt()).isZero();
		}

		@Test
		void thePartsTogetherAreOneStream() throws IOException {
			Flux<DataBuffer> parts = Flux.just("a", "b", "c").map((text) -> this.factory.wrap(buffer(text)));
			DataBuffer joined = Objects.requireNonNull(DataBufferUtils.join(Gzip.of(parts, this.factory)).block());
			assertThat(unzipped(bytes(joined))).isEqualTo("abc");
		}

		@Test
		void aCompleteBodyIsReleased() throws IOException {
			ByteBuf body = buffer("abc");
			assertThat(unzipped(bytes(Gzip.of(this.factory.wrap(body), this.factory)))).isEqualTo("abc");
			assertThat(body.refCnt()).isZero();
		}

		@Test
		void anErrorOfTheBodyIsPassedOn() {
			StepVerifier.create(Gzip.of(Mono.<DataBuffer>error(new IOException("gone")), this.factory))
				.verifyErrorMessage("gone");
		}

		private static ByteBuf buffer(String text) {
			return ByteBufAllocator.DEFAULT.buffer().writeBytes(text.getBytes(StandardCharsets.UTF_8));
		}

		private static byte[] bytes(DataBuffer buffer) {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			DataBufferUtils.release(buffer);
			return bytes;
		}

	}

	private static EntityExchangeResult<byte[]> get(String coding, Consumer<HttpHeaders> headers) {
		return exchange(HttpMethod.GET, coding,
				(request) -> ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).headers(headers).bodyValue(LONG));
	}

	private static EntityExchangeResult<byte[]> exchange(HttpMethod method, String coding,
			HandlerFunction<ServerResponse> handler) {
		return RouterClient.of(RouterFunctions.route().GET("/text", handler).POST("/text", handler).build())
			.filter(new GzipFilter(), new HeadFilter())
			.build()
			.method(method)
			.uri("/text")
			.header("Accept-Encoding", coding)
			.exchange()
			.expectBody()
			.returnResult();
	}

	private static boolean isCompressed(EntityExchangeResult<byte[]> response) {
		return "gzip".equals(response.getResponseHeaders().getFirst("Content-Encoding"));
	}

	private static String unzipped(byte[] body) throws IOException {
		return new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
	}

}
