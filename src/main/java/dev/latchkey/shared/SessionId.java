package dev.latchkey.shared;

import java.util.UUID;

/**
 * The id of one signed-in session; it is not the secret.
 */
public record SessionId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
