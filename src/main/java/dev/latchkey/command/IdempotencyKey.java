package dev.latchkey.command;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.shared.Sha256;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.R2dbcType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * The key that a client sends to identify one request
 * (draft-ietf-httpapi-idempotency-key-header). A second request with the same key and
 * content changes nothing. Its response contains the current state of what the first
 * request created or changed.
 *
 * @param key the key as sent by the client
 * @param fingerprint a SHA-256 hash in hex of the content of the request, to detect a key
 * that is reused for another request
 */
public record IdempotencyKey(String key, String fingerprint) {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	/**
	 * Creates a key.
	 * @param key the key as sent by the client
	 * @param content the content that identifies the request: the command and its payload
	 */
	public static IdempotencyKey of(String key, Object... content) {
		return new IdempotencyKey(key, Sha256.hex(text(content), 32));
	}

	/**
	 * Binds the parameters {@code key} and {@code fingerprint} of a command, which are
	 * null without a key.
	 */
	public static GenericExecuteSpec bind(GenericExecuteSpec command, Optional<IdempotencyKey> key) {
		return command.bind("key", Columns.orNull(R2dbcType.VARCHAR, key.map(IdempotencyKey::key).orElse(null)))
			.bind("fingerprint", Columns.orNull(R2dbcType.VARCHAR, key.map(IdempotencyKey::fingerprint).orElse(null)));
	}

	/**
	 * The key of one line of a bulk request. No client can send this key, because a key
	 * contains no spaces.
	 * @param number the number of the line, from 1
	 */
	public IdempotencyKey ofLine(long number, Object content) {
		return new IdempotencyKey(this.key + " " + number, Sha256.hex(this.fingerprint + text(content), 32));
	}

	@Override
	public String toString() {
		return this.key;
	}

	/**
	 * Serializes the content without null values and with sorted property names. A
	 * replica with a newer version of a payload record therefore computes the same
	 * fingerprint for the same request.
	 */
	private static String text(Object content) {
		return JSON.writeValueAsString(content);
	}

}
