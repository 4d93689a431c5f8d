package dev.latchkey.shared;

import java.util.UUID;

/**
 * The id of an invitation. It is not a secret: it gives no access.
 */
public record InvitationId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
