package dev.latchkey.model;

/**
 * What happens without a request: the periodic work of the service, the result of a mail,
 * and the time.
 */
interface BackgroundCommand extends Command {

	/**
	 * Marks overdue invitations as expired.
	 */
	record Sweep() implements BackgroundCommand {

		@Override
		public Result on(Commands target) {
			return target.sweep(this);
		}

	}

	/**
	 * Queues the reminders that are due.
	 */
	record Remind() implements BackgroundCommand {

		@Override
		public Result on(Commands target) {
			return target.remind(this);
		}

	}

	/**
	 * Records the result of the mail of a link.
	 *
	 * @param sent false if the mail server has refused it
	 */
	record RecordDelivery(Link link, boolean sent) implements BackgroundCommand, Command.WithLink {

		@Override
		public Result on(Commands target) {
			return target.recordDelivery(this);
		}

	}

	/**
	 * Lets some hours and one minute pass. All limits are whole hours, so no command runs
	 * within a minute of a limit, and the time that a sequence takes does not matter.
	 */
	record PassTime(int hours) implements BackgroundCommand {

		@Override
		public Result on(Commands target) {
			return target.passTime(this);
		}

	}

}
