package dev.latchkey.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Test;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A public file is sent plain or compressed, and only if the client does not have it.
 */
class StaticFileTests {

	private static final byte[] CONTENT = "let answer = 42;\n".repeat(100).getBytes(StandardCharsets.UTF_8);

	private static final MediaType TYPE = MediaType.parseMediaType("text/javascript;charset=UTF-8");

	private static final CacheControl CACHING = CacheControl.maxAge(Duration.ofDays(1)).cachePublic();

	private final StaticFile file = StaticFile.of(TYPE, CONTENT);

	private final WebTestClient client = RouterClient
		.of(RouterFunctions.route().GET("/file", (request) -> this.file.respond(request, CACHING)).build())
		.build();

	@Test
	void isSentPlainByDefault() {
		EntityExchangeResult<byte[]> response = get("Accept", "*/*");
		assertThat(response.getResponseBody()).isEqualTo(CONTENT);
		assertThat(response.getResponseHeaders().getContentType()).isEqualTo(TYPE);
		assertThat(response.getResponseHeaders().getFirst("Content-Encoding")).isNull();
		assertThat(response.getResponseHeaders().getFirst("Cache-Control")).isEqualTo("max-age=86400, public");
		assertThat(response.getResponseHeaders().getVary()).containsExactly("Accept-Encoding");
	}

	@Test
	void isSentCompressedIfAccepted() throws IOException {
		EntityExchangeResult<byte[]> response = get("Accept-Encoding", "gzip");
		byte[] body = Objects.requireNonNull(response.getResponseBody());
		assertThat(body.length).isLessThan(CONTENT.length);
		assertThat(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes()).isEqualTo(CONTENT);
		assertThat(response.getResponseHeaders().getFirst("Content-Encoding")).isEqualTo("gzip");
		assertThat(response.getResponseHeaders().getVary()).containsExactly("Accept-Encoding");
	}

	@Test
	void hasATagForEachCoding() {
		assertThat(get("Accept", "*/*").getResponseHeaders().getETag()).isEqualTo("\"" + this.file.digest() + "\"");
		assertThat(get("Accept-Encoding", "gzip").getResponseHeaders().getETag())
			.isEqualTo("\"" + this.file.digest() + "-gzip\"");
	}

	@Test
	void isNotSentToAClientThatHasIt() {
		EntityExchangeResult<byte[]> response = get("If-None-Match", "\"" + this.file.digest() + "\"");
		assertThat(response.getStatus().value()).isEqualTo(304);
		assertThat(response.getResponseBody()).isNull();
		assertThat(response.getResponseHeaders().getFirst("Cache-Control")).isEqualTo("max-age=86400, public");
		assertThat(response.getResponseHeaders().getVary()).containsExactly("Accept-Encoding");
		assertThat(get("If-None-Match", "\"" + this.file.digest() + "-gzip\"").getStatus().value()).isEqualTo(200);
	}

	@Test
	void hasADigestOfItsContent() {
		assertThat(this.file.digest()).matches("[0-9a-f]{12}")
			.isEqualTo(StaticFile.of(MediaType.TEXT_PLAIN, CONTENT).digest())
			.isNotEqualTo(StaticFile.of(TYPE, new byte[] { 1 }).digest());
	}

	@Test
	void doesNotChangeWithTheArrayItWasMadeOf() {
		byte[] content = CONTENT.clone();
		StaticFile copied = StaticFile.of(TYPE, content);
		content[0] = 'X';
		WebTestClient other = RouterClient
			.of(RouterFunctions.route().GET("/file", (request) -> copied.respond(request, CACHING)).build())
			.build();
		other.get().uri("/file").exchange().expectBody(byte[].class).isEqualTo(CONTENT);
	}

	private EntityExchangeResult<byte[]> get(String header, String value) {
		return this.client.get().uri("/file").header(header, value).exchange().expectBody().returnResult();
	}

}
