package dev.latchkey.shared;

import java.util.UUID;

/**
 * The id of a session. It is not a secret, unlike the session token.
 */
public record SessionId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
