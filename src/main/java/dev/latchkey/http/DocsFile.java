package dev.latchkey.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

import reactor.core.publisher.Mono;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.DigestUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A file that the documentation's page loads. Its name has its content's digest in it, so
 * whoever has it never needs to ask again.
 */
final class DocsFile {

	private static final CacheControl FOREVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private final String name;

	private final MediaType type;

	private final byte[] content;

	private final byte[] compressed;

	private DocsFile(String name, MediaType type, byte[] content, byte[] compressed) {
		this.name = name;
		this.type = type;
		this.content = content;
		this.compressed = compressed;
	}

	static DocsFile read(String path) throws IOException {
		byte[] content = new ClassPathResource(path).getContentAsByteArray();
		String digest = DigestUtils.md5DigestAsHex(content).substring(0, 12);
		String name = StringUtils.getFilename(path);
		return new DocsFile(
				StringUtils.stripFilenameExtension(name) + '-' + digest + '.' + StringUtils.getFilenameExtension(name),
				MediaTypeFactory.getMediaType(name).orElseThrow(), content, compressed(content));
	}

	String name() {
		return this.name;
	}

	Mono<ServerResponse> answer(ServerRequest request) {
		ServerResponse.BodyBuilder answer = ServerResponse.ok()
			.cacheControl(FOREVER)
			.varyBy(HttpHeaders.ACCEPT_ENCODING)
			.contentType(this.type);
		if (takesGzip(request)) {
			return answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").bodyValue(this.compressed);
		}
		return answer.bodyValue(this.content);
	}

	private static boolean takesGzip(ServerRequest request) {
		return request.headers()
			.header(HttpHeaders.ACCEPT_ENCODING)
			.stream()
			.flatMap((codings) -> StringUtils.commaDelimitedListToSet(codings).stream())
			.map(String::strip)
			.anyMatch("gzip"::equalsIgnoreCase);
	}

	private static byte[] compressed(byte[] content) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(content);
		}
		return bytes.toByteArray();
	}

}
