package dev.latchkey.shared;

import java.util.UUID;

/**
 * The id of a user.
 */
public record UserId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
