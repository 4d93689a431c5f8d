package dev.latchkey.model;

import dev.latchkey.model.MemberCommand.EditMember;
import dev.latchkey.model.MemberCommand.Leave;
import dev.latchkey.model.MemberCommand.RemoveMember;
import dev.latchkey.model.Result.Refusal;
import dev.latchkey.shared.ProblemCode;

/**
 * The rules for members: the owner edits and removes them, and every other member can
 * leave.
 */
final class MemberRules {

	private final World world;

	MemberRules(World world) {
		this.world = world;
	}

	Result editMember(EditMember command) {
		ModelAccount account = this.world.account(command.account());
		this.world.requireOwner(account, command.caller());
		OwnerRules.requireNotEmpty(command.permissions());
		ModelMember member = requireOtherMember(account, command.user());
		if (member.version() != command.version()) {
			throw Refusal.of(ProblemCode.STALE);
		}
		ModelMember edited = member.with(command.permissions());
		account.put(edited);
		account.append(Event.by(command.caller(), "member.permissions-changed")
			.about(command.user())
			.granting(edited.permissions())
			.insteadOf(member.permissions()), this.world.now());
		return Result.ok().with("permissions", edited.permissions()).with("version", edited.version());
	}

	Result removeMember(RemoveMember command) {
		ModelAccount account = this.world.account(command.account());
		this.world.requireOwner(account, command.caller());
		ModelMember member = requireOtherMember(account, command.user());
		return end(account, member, Event.by(command.caller(), "member.removed"));
	}

	Result leave(Leave command) {
		ModelAccount account = this.world.account(command.account());
		ModelMember member = requireOtherMember(account, command.caller());
		return end(account, member, Event.by(command.caller(), "member.left"));
	}

	private Result end(ModelAccount account, ModelMember member, Event event) {
		account.remove(member.user());
		account.append(event.about(member.user()).insteadOf(member.permissions()), this.world.now());
		return Result.ok();
	}

	/**
	 * Requires that the user is a member and not the owner, who never changes.
	 */
	private ModelMember requireOtherMember(ModelAccount account, Person user) {
		ModelMember member = this.world.requireMember(account, user);
		if (user == account.owner()) {
			throw Refusal.of(ProblemCode.OWNER_IMMUTABLE);
		}
		return member;
	}

}
