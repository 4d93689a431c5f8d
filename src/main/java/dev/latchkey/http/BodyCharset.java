package dev.latchkey.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The {@code charset} parameter of a request body. JSON is always UTF-8 (RFC 8259,
 * section 8.1). A table may have one of the charsets that spreadsheets write.
 */
final class BodyCharset {

	/** ASCII is read as UTF-8, of which it is a part. */
	private static final Map<Charset, Charset> OF_TEXT = Map.of(StandardCharsets.UTF_8, StandardCharsets.UTF_8,
			StandardCharsets.US_ASCII, StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.ISO_8859_1,
			Charset.forName("windows-1252"), Charset.forName("windows-1252"), StandardCharsets.UTF_16,
			StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE,
			StandardCharsets.UTF_16BE);

	private BodyCharset() {
	}

	/**
	 * Checks that the body is not declared in another charset than UTF-8.
	 * @throws DomainException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE}
	 */
	static void requireUtf8(ServerRequest request) {
		if (declared(request).filter((charset) -> !charset.equals(StandardCharsets.UTF_8)).isPresent()) {
			throw DomainException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
		}
	}

	/**
	 * The charset in which to decode the text of the body.
	 * @return empty if none is declared
	 * @throws DomainException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} for a charset
	 * that is not supported
	 */
	static Optional<Charset> ofText(ServerRequest request) {
		return declared(request).map((charset) -> Optional.ofNullable(OF_TEXT.get(charset))
			.orElseThrow(() -> DomainException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE)));
	}

	private static Optional<Charset> declared(ServerRequest request) {
		return MediaTypes.contentType(request).map(MediaType::getCharset);
	}

}
