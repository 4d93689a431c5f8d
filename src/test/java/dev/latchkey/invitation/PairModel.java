package dev.latchkey.invitation;

/**
 * A model of the state machine of an invitation, independent of the production code: the
 * result of each command in each state, and the state after it.
 *
 * @param status the status of the invitation
 * @param link the version of its link
 * @param version the version of its permissions
 * @param granted the version of the permissions that the invitee got as a member, 0 if
 * the invitee is not a member
 * @param another whether there is another pending invitation for the same address
 */
record PairModel(InvitationStatus status, int link, int version, int granted, boolean another) {

	static final PairModel LIVE = new PairModel(InvitationStatus.PENDING, 1, 1, 0, false);

	static final PairModel OVERDUE = new PairModel(InvitationStatus.EXPIRED, 1, 1, 0, false);

	Step apply(Command command) {
		return switch (command) {
			case ACCEPT ->
				useLink(new PairModel(InvitationStatus.ACCEPTED, this.link, this.version, this.version, this.another));
			case DECLINE -> useLink(new PairModel(InvitationStatus.DECLINED, this.link, this.version, 0, this.another));
			case REVOKE ->
				this.status.isFinal() ? refused("wrong-status") : ok(InvitationStatus.REVOKED, this.link, this.version);
			case RESEND -> resend();
			case EDIT -> edit();
			case SWEEP -> new Step("ok", this);
			case INVITE_AGAIN -> inviteAgain();
		};
	}

	/**
	 * Uses the first link of the invitation. The same answer can be given again.
	 */
	private Step useLink(PairModel after) {
		if (this.status == after.status()) {
			return new Step("ok", this);
		}
		return switch (this.status) {
			case ACCEPTED, DECLINED -> refused("used");
			case REVOKED -> refused("revoked");
			case EXPIRED -> refused((this.link > 1) ? "superseded" : "expired");
			case PENDING -> (this.link > 1) ? refused("superseded") : new Step("ok", after);
		};
	}

	private Step resend() {
		if (this.status.isFinal()) {
			return refused("wrong-status");
		}
		return this.another ? refused("invitation-pending") : ok(InvitationStatus.PENDING, this.link + 1, this.version);
	}

	private Step edit() {
		if (this.status != InvitationStatus.PENDING) {
			return refused("wrong-status");
		}
		return (this.version > 1) ? refused("stale") : ok(this.status, this.link, 2);
	}

	private Step inviteAgain() {
		if (this.granted > 0) {
			return refused("already-member");
		}
		if (this.another || this.status == InvitationStatus.PENDING) {
			return refused("invitation-pending");
		}
		return new Step("ok", new PairModel(this.status, this.link, this.version, this.granted, true));
	}

	private Step ok(InvitationStatus next, int nextLink, int nextVersion) {
		return new Step("ok", new PairModel(next, nextLink, nextVersion, this.granted, this.another));
	}

	private Step refused(String code) {
		return new Step(code, this);
	}

	enum Command {

		ACCEPT, DECLINE, REVOKE, RESEND, EDIT, SWEEP, INVITE_AGAIN

	}

	/**
	 * The result of a command, and the state after it.
	 *
	 * @param result "ok" or the code of the problem
	 */
	record Step(String result, PairModel after) {

	}

}
