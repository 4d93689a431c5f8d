package dev.latchkey.invitation;

/**
 * The state machine of the design, written down once more without the code: what each
 * command answers in each state of one invitation, and what it leaves.
 *
 * @param status the invitation's
 * @param link the version of its link
 * @param version the version of its permissions
 * @param granted the version that the invitee got as a member, 0 for none
 * @param another whether there is an open one besides for the same address
 */
record PairModel(InvitationStatus status, int link, int version, int granted, boolean another) {

	static final PairModel LIVE = new PairModel(InvitationStatus.PENDING, 1, 1, 0, false);

	static final PairModel OVERDUE = new PairModel(InvitationStatus.EXPIRED, 1, 1, 0, false);

	Step apply(Command command) {
		return switch (command) {
			case ACCEPT ->
				takeLink(new PairModel(InvitationStatus.ACCEPTED, this.link, this.version, this.version, this.another));
			case DECLINE ->
				takeLink(new PairModel(InvitationStatus.DECLINED, this.link, this.version, 0, this.another));
			case REVOKE ->
				this.status.open() ? ok(InvitationStatus.REVOKED, this.link, this.version) : refused("wrong-status");
			case RESEND -> resend();
			case EDIT -> edit();
			case SWEEP -> new Step("ok", this);
			case INVITE_AGAIN -> inviteAgain();
		};
	}

	private Step takeLink(PairModel taken) {
		return switch (this.status) {
			case ACCEPTED, DECLINED -> refused("used");
			case REVOKED -> refused("revoked");
			case EXPIRED -> refused((this.link > 1) ? "superseded" : "expired");
			case PENDING -> (this.link > 1) ? refused("superseded") : new Step("ok", taken);
		};
	}

	private Step resend() {
		if (!this.status.open()) {
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
	 * An answer, and what is left.
	 */
	record Step(String answer, PairModel after) {

	}

}
