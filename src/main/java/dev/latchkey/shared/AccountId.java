package dev.latchkey.shared;

import java.util.UUID;

/**
 * The id of a billing account.
 */
public record AccountId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
