package dev.latchkey.model;

import java.util.List;

/**
 * A command on the members or the ownership of an account, or work that the service does
 * by itself.
 */
interface MemberCommand extends Command {

	record EditMember(int account, Person caller, Person user, List<String> permissions,
			int version) implements MemberCommand {

		@Override
		public Result on(Commands target) {
			return target.editMember(this);
		}

	}

	record RemoveMember(int account, Person caller, Person user) implements MemberCommand {

		@Override
		public Result on(Commands target) {
			return target.removeMember(this);
		}

	}

	record Leave(int account, Person caller) implements MemberCommand {

		@Override
		public Result on(Commands target) {
			return target.leave(this);
		}

	}

	record OfferOwnership(int account, Person caller, Person newOwner, String password) implements MemberCommand {

		@Override
		public Result on(Commands target) {
			return target.offerOwnership(this);
		}

	}

	record EndOffer(int account, Person caller) implements MemberCommand {

		@Override
		public Result on(Commands target) {
			return target.endOffer(this);
		}

	}

	record AcceptOwnership(int account, Person caller) implements MemberCommand {

		@Override
		public Result on(Commands target) {
			return target.acceptOwnership(this);
		}

	}

}
