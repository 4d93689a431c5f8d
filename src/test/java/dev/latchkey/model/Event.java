package dev.latchkey.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An event in the log of an account.
 *
 * @param actor the kind of the actor, and the user if there is one
 * @param invitation the number of the invitation, or null
 * @param permissions the permissions that were granted, empty if there are none
 * @param previous the permissions before, empty if there are none
 */
record Event(String type, String actor, @Nullable Integer invitation, @Nullable Person user, List<String> permissions,
		List<String> previous, @Nullable Integer sends) {

	static final String EXPIRED = "invitation.expired";

	static Event by(Person actor, String type) {
		return new Event(type, "USER " + actor, null, null, List.of(), List.of(), null);
	}

	static Event bySystem(String type) {
		return new Event(type, "SYSTEM", null, null, List.of(), List.of(), null);
	}

	static Event byInvitee(String type) {
		return new Event(type, "INVITEE", null, null, List.of(), List.of(), null);
	}

	Event of(ModelInvitation subject) {
		return new Event(this.type, this.actor, subject.number, this.user, this.permissions, this.previous, this.sends);
	}

	Event about(Person member) {
		return new Event(this.type, this.actor, this.invitation, member, this.permissions, this.previous, this.sends);
	}

	Event granting(List<String> granted) {
		return new Event(this.type, this.actor, this.invitation, this.user, granted, this.previous, this.sends);
	}

	Event insteadOf(List<String> before) {
		return new Event(this.type, this.actor, this.invitation, this.user, this.permissions, before, this.sends);
	}

	Event sent(int count) {
		return new Event(this.type, this.actor, this.invitation, this.user, this.permissions, this.previous, count);
	}

	boolean isExpiry() {
		return this.type.equals(EXPIRED);
	}

}
