package dev.latchkey.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.shared.Detail;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.Sha256;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The caller's own name for one request (draft-ietf-httpapi-idempotency-key-header): sent
 * again with the same content, it does nothing again and answers the same.
 *
 * @param key what the caller sent
 * @param fingerprint SHA-256, in hex, of what was asked for, to notice a key used twice
 */
public record IdempotencyKey(String key, String fingerprint) {

	/** The request header. */
	public static final String HEADER = "Idempotency-Key";

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	/** Set to {@code true} on an answer that repeats an earlier one. */
	static final String REPLAYED = "Idempotency-Replayed";

	/**
	 * Reads the header.
	 * @param request where it may stand
	 * @param content what distinguishes this request from others: the command and its
	 * payload
	 */
	public static Optional<IdempotencyKey> of(ServerRequest request, Object... content) {
		List<String> values = request.headers().header(HEADER);
		if (values.isEmpty()) {
			return Optional.empty();
		}
		String value = values.get(0);
		if (values.size() > 1 || !value.matches("[\\x21-\\x7e]{1,64}")) {
			throw DomainException.malformed(Detail.IDEMPOTENCY_KEY);
		}
		return Optional.of(new IdempotencyKey(value, Sha256.hex(text(content), 32)));
	}

	/**
	 * The key of one line of a request of many lines. No caller can send it: a space is
	 * no part of a key.
	 */
	public IdempotencyKey ofLine(long number, Object content) {
		return new IdempotencyKey(this.key + " " + number, Sha256.hex(this.fingerprint + text(content), 32));
	}

	/**
	 * Tells an answer that repeats an earlier one from the earlier one.
	 */
	public static Consumer<HttpHeaders> mark(boolean replayed) {
		return (headers) -> {
			if (replayed) {
				headers.set(REPLAYED, "true");
			}
		};
	}

	@Override
	public String toString() {
		return this.key;
	}

	/**
	 * What was left out does not count, nor does the order of what stands in: a replica
	 * that knows of further members takes the same request for the same.
	 */
	private static String text(Object content) {
		return JSON.writeValueAsString(content);
	}

}
