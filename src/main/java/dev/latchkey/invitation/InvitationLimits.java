package dev.latchkey.invitation;

/**
 * The names of the limits of an account in the metrics.
 */
final class InvitationLimits {

	/** The limit of pending invitations. */
	static final String PENDING = "pending";

	/** The limit of created invitations. */
	static final String CREATIONS = "creations";

	private InvitationLimits() {
	}

}
