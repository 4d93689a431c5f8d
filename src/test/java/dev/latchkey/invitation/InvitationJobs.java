package dev.latchkey.invitation;

import dev.latchkey.testing.Service;

/**
 * Runs the periodic work on invitations at once, for tests of other packages.
 */
public final class InvitationJobs {

	private final ExpirySweep sweep;

	private final Reminders reminders;

	public InvitationJobs(Service service) {
		this.sweep = service.bean(ExpirySweep.class);
		this.reminders = service.bean(Reminders.class);
	}

	/**
	 * Marks all overdue invitations.
	 */
	public void sweep() {
		this.sweep.sweep().block();
	}

	/**
	 * Queues all reminders that are due.
	 */
	public void remind() {
		this.reminders.remind().block();
	}

}
