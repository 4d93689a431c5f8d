package dev.latchkey.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A command with its parameters. It can be run on the model and on the service. Accounts
 * and invitations are identified by their numbers, from 1, and do not need to exist.
 */
interface Command {

	/**
	 * Runs the command.
	 */
	Result on(Commands target);

	/**
	 * The signed-in user who sends the command, null if it needs none.
	 */
	default @Nullable Person caller() {
		return null;
	}

	/**
	 * The number of the account, 0 if the command belongs to none.
	 */
	default int account() {
		return 0;
	}

	/**
	 * A command that the client can repeat with the same key.
	 */
	interface Repeatable extends Command {

		/** The idempotency key, or null. */
		@Nullable String key();

		/** The content that the key belongs to. */
		String content();

	}

	record CreateAccount(Person caller, String name, @Nullable String key) implements Repeatable {

		@Override
		public String content() {
			return "create account " + this.name;
		}

		@Override
		public Result on(Commands target) {
			return target.createAccount(this);
		}

	}

	/**
	 * Sets the validity of the account's invitations.
	 *
	 * @param days null for the default of the service
	 */
	record SetValidity(int account, Person caller, @Nullable Integer days) implements Command {

		@Override
		public Result on(Commands target) {
			return target.setValidity(this);
		}

	}

	/**
	 * An operator sets the account's own limits in the database; null means the default.
	 */
	record SetLimits(int account, @Nullable Integer maxPending, @Nullable Integer maxCreations) implements Command {

		@Override
		public Result on(Commands target) {
			return target.setLimits(this);
		}

	}

	/**
	 * An operator replaces the owner in the database and leaves the invitations as they
	 * are.
	 */
	record ReplaceOwner(int account, Person newOwner) implements Command {

		@Override
		public Result on(Commands target) {
			return target.replaceOwner(this);
		}

	}

	/**
	 * What an invitation is created with.
	 *
	 * @param days its own validity, or null
	 */
	record Draft(Person invitee, List<String> permissions, @Nullable Integer days) {

	}

	record Create(int account, Person caller, Draft draft, @Nullable String key) implements Repeatable {

		@Override
		public String content() {
			return "create " + this.draft;
		}

		@Override
		public Result on(Commands target) {
			return target.create(this);
		}

	}

	/**
	 * A bulk request.
	 *
	 * @param dryRun whether nothing is written
	 */
	record CreateMany(int account, Person caller, List<Draft> drafts, @Nullable String key,
			boolean dryRun) implements Command {

		@Override
		public Result on(Commands target) {
			return target.createMany(this);
		}

	}

	record Resend(int account, Person caller, int invitation, @Nullable String key) implements Repeatable {

		@Override
		public String content() {
			return "resend " + this.invitation;
		}

		@Override
		public Result on(Commands target) {
			return target.resend(this);
		}

	}

	record Revoke(int account, Person caller, int invitation, @Nullable String key) implements Repeatable {

		@Override
		public String content() {
			return "revoke " + this.invitation;
		}

		@Override
		public Result on(Commands target) {
			return target.revoke(this);
		}

	}

	record Edit(int account, Person caller, int invitation, List<String> permissions, int version) implements Command {

		@Override
		public Result on(Commands target) {
			return target.edit(this);
		}

	}

	/**
	 * A link in a mail.
	 *
	 * @param version 1 for the first mail of the invitation
	 */
	record Link(int account, int invitation, int version) {

	}

	/**
	 * A command of the holder of a link.
	 */
	interface WithLink extends Command {

		Link link();

		@Override
		default int account() {
			return link().account();
		}

	}

	record Preview(Link link, @Nullable Person caller) implements WithLink {

		@Override
		public Result on(Commands target) {
			return target.preview(this);
		}

	}

	record Accept(Link link, Person caller) implements WithLink {

		@Override
		public Result on(Commands target) {
			return target.accept(this);
		}

	}

	record AcceptAsNewUser(Link link, String password) implements WithLink {

		@Override
		public Result on(Commands target) {
			return target.acceptAsNewUser(this);
		}

	}

	record Decline(Link link, @Nullable String reason) implements WithLink {

		@Override
		public Result on(Commands target) {
			return target.decline(this);
		}

	}

}
