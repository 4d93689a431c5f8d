package dev.latchkey.http;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebInputException;

/**
 * Reads the body of a request: one JSON object without unknown fields.
 */
public final class RequestBodies {

	/**
	 * The same value as spring.http.codecs.max-in-memory-size. A longer Content-Length is
	 * refused at once, before the server sends 100 (Continue).
	 */
	private static final long MAX_LENGTH = 16 * 1024;

	private RequestBodies() {
	}

	/**
	 * Reads the body as a payload.
	 * @return the payload, or an error; never empty
	 */
	public static <T> Mono<T> read(ServerRequest request, Class<T> type) {
		MediaType contentType = MediaTypes.contentType(request).orElse(MediaType.APPLICATION_OCTET_STREAM);
		if (!contentType.equalsTypeAndSubtype(MediaType.APPLICATION_JSON) || isEncoded(request)) {
			return Mono.error(DomainException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE));
		}
		BodyCharset.requireUtf8(request);
		if (request.headers().contentLength().orElse(0) > MAX_LENGTH) {
			return Mono.error(DomainException.of(ProblemCode.BODY_TOO_LARGE));
		}
		return request.bodyToMono(type)
			.onErrorMap(ServerWebInputException.class, RequestBodies::unreadable)
			.onErrorMap(DecodingException.class, RequestBodies::unreadable)
			.switchIfEmpty(Mono.error(DomainException.malformed(DetailMessage.BODY_MISSING)));
	}

	/**
	 * Refuses a body where none is expected: its content would be ignored, which the
	 * client does not expect.
	 * @return completes, or fails with {@link ProblemCode#MALFORMED_REQUEST}
	 */
	public static Mono<Void> requireEmpty(ServerRequest request) {
		return request.body(BodyExtractors.toDataBuffers())
			.map(RequestBodies::release)
			.filter((size) -> size > 0)
			.next()
			.flatMap((size) -> Mono.error(DomainException.malformed(DetailMessage.BODY_NOT_ALLOWED)));
	}

	/**
	 * Checks that a field was sent.
	 * @throws DomainException {@link ProblemCode#MALFORMED_REQUEST}, naming the field
	 */
	public static <T> T requireField(String field, @Nullable T value) {
		if (value == null) {
			throw DomainException.malformed(DetailMessage.FIELD_MISSING, field).with("field", field);
		}
		return value;
	}

	private static boolean isEncoded(ServerRequest request) {
		return request.headers()
			.header(HttpHeaders.CONTENT_ENCODING)
			.stream()
			.anyMatch((coding) -> !coding.equalsIgnoreCase("identity"));
	}

	private static int release(DataBuffer buffer) {
		int size = buffer.readableByteCount();
		DataBufferUtils.release(buffer);
		return size;
	}

	private static Throwable unreadable(Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof JacksonException unreadable) {
				return UnreadableJson.problem(unreadable);
			}
		}
		return error;
	}

}
