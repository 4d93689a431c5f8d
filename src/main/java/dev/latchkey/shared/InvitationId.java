package dev.latchkey.shared;

import java.util.UUID;

/**
 * The id of an invitation; knowing it authorises nothing.
 */
public record InvitationId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
