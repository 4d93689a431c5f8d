package dev.latchkey.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import dev.latchkey.shared.Sha256;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A public file, held in memory both plain and compressed.
 */
public final class StaticFile {

	private static final int DIGEST_BYTES = 6;

	private final MediaType type;

	private final byte[] plain;

	private final byte[] compressed;

	private final String digest;

	private StaticFile(MediaType type, byte[] plain) {
		this.type = type;
		this.plain = plain;
		this.compressed = compress(plain);
		this.digest = Sha256.hex(plain, DIGEST_BYTES);
	}

	public static StaticFile of(MediaType type, byte[] content) {
		return new StaticFile(type, content.clone());
	}

	/**
	 * A digest of the content, in twelve hexadecimal digits.
	 */
	public String digest() {
		return this.digest;
	}

	/**
	 * Sends the file, or 304 (Not Modified).
	 * @param caching the {@code Cache-Control} header
	 */
	public Mono<ServerResponse> respond(ServerRequest request, CacheControl caching) {
		boolean gzip = AcceptEncoding.accepts("gzip", request.headers().header(HttpHeaders.ACCEPT_ENCODING));
		String tag = '"' + this.digest + (gzip ? "-gzip" : "") + '"';
		HttpHeaders headers = request.exchange().getResponse().getHeaders();
		headers.setCacheControl(caching);
		headers.setVary(List.of(HttpHeaders.ACCEPT_ENCODING));
		return request.checkNotModified(tag).switchIfEmpty(Mono.defer(() -> send(gzip, tag)));
	}

	private Mono<ServerResponse> send(boolean gzip, String tag) {
		ServerResponse.BodyBuilder response = ServerResponse.ok().contentType(this.type).eTag(tag);
		return gzip ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip").bodyValue(this.compressed)
				: response.bodyValue(this.plain);
	}

	private static byte[] compress(byte[] plain) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(plain.length);
		try (GZIPOutputStream gzip = new BestCompression(compressed)) {
			gzip.write(plain);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	private static final class BestCompression extends GZIPOutputStream {

		BestCompression(ByteArrayOutputStream target) throws IOException {
			super(target);
			this.def.setLevel(Deflater.BEST_COMPRESSION);
		}

	}

}
