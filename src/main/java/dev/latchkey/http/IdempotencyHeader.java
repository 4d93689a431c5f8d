package dev.latchkey.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The {@code Idempotency-Key} header of a request
 * (draft-ietf-httpapi-idempotency-key-header).
 */
public final class IdempotencyHeader {

	/** The request header. */
	public static final String NAME = "Idempotency-Key";

	/** Set to {@code true} on the response to a repeated request. */
	public static final String REPLAYED = "Idempotency-Replayed";

	private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]{1,64}");

	private IdempotencyHeader() {
	}

	/**
	 * Reads the header.
	 * @param content what distinguishes this request from others: the command and its
	 * payload
	 * @return the key, empty if the request has none
	 * @throws DomainException {@code MALFORMED_REQUEST} if the header is not a valid key
	 */
	public static Optional<IdempotencyKey> of(ServerRequest request, Object... content) {
		List<String> values = request.headers().header(NAME);
		if (values.isEmpty()) {
			return Optional.empty();
		}
		String value = values.get(0);
		if (values.size() > 1 || !VALUE.matcher(value).matches()) {
			throw DomainException.malformed(DetailMessage.IDEMPOTENCY_KEY_INVALID);
		}
		return Optional.of(IdempotencyKey.of(value, content));
	}

	/**
	 * Marks the response to a repeated request.
	 */
	public static Consumer<HttpHeaders> mark(boolean replayed) {
		return (headers) -> {
			if (replayed) {
				headers.set(REPLAYED, "true");
			}
		};
	}

}
