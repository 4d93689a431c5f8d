package dev.latchkey.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.shared.Sha256;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The caller's own name for one request (draft-ietf-httpapi-idempotency-key-header): sent
 * again with the same content, it does nothing again and answers the same.
 *
 * @param key what the caller sent
 * @param fingerprint SHA-256, in hex, of what was asked for, to notice a key used twice
 */
public record IdempotencyKey(String key, String fingerprint) {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	/**
	 * Makes a key.
	 * @param content what distinguishes a request from others: the command and its
	 * payload
	 */
	public static IdempotencyKey of(String key, Object... content) {
		return new IdempotencyKey(key, Sha256.hex(text(content), 32));
	}

	/**
	 * The key of one line of a request of many lines. No caller can send it: a space is
	 * no part of a key.
	 */
	public IdempotencyKey ofLine(long number, Object content) {
		return new IdempotencyKey(this.key + " " + number, Sha256.hex(this.fingerprint + text(content), 32));
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
