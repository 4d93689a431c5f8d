package dev.latchkey.model;

import java.time.Duration;
import java.util.Optional;

import dev.latchkey.model.Command.Accept;
import dev.latchkey.model.Command.AcceptAsNewUser;
import dev.latchkey.model.Command.Decline;
import dev.latchkey.model.Command.Link;
import dev.latchkey.model.Command.Preview;
import dev.latchkey.model.Result.Refusal;
import dev.latchkey.shared.ProblemCode;

/**
 * The rules for the holder of a link.
 */
final class InviteeRules {

	private final World world;

	InviteeRules(World world) {
		this.world = world;
	}

	Result preview(Preview command) {
		ModelAccount account = account(command.link());
		ModelInvitation invitation = requireInvitation(command.link());
		Optional<ModelMember> accepted = Optional.ofNullable(command.caller())
			.flatMap((caller) -> findAccepted(invitation, command.link(), caller));
		if (accepted.isPresent()) {
			throw Result.refused(ProblemCode.USED).with("account", account.number).asRefusal();
		}
		requireValid(account, invitation, command.link());
		return Result.ok()
			.with("permissions", invitation.permissions)
			.with("loginExists", this.world.hasLogin(invitation.invitee()));
	}

	/**
	 * Accepts. The member who accepted before can repeat this.
	 */
	Result accept(Accept command) {
		ModelAccount account = account(command.link());
		ModelInvitation invitation = requireInvitation(command.link());
		Optional<ModelMember> accepted = findAccepted(invitation, command.link(), command.caller());
		if (accepted.isPresent()) {
			return Result.repeated().with("permissions", accepted.get().permissions());
		}
		requireValid(account, invitation, command.link());
		requireInvitee(invitation, command.caller());
		return join(account, invitation);
	}

	/**
	 * Creates the login of the invitee and accepts. The member who accepted before can
	 * repeat this with the right password.
	 */
	Result acceptAsNewUser(AcceptAsNewUser command) {
		ModelAccount account = account(command.link());
		ModelInvitation invitation = requireInvitation(command.link());
		Person invitee = invitation.invitee();
		Optional<ModelMember> accepted = findAccepted(invitation, command.link(), invitee)
			.filter((member) -> this.world.hasPassword(invitee, command.password()));
		if (accepted.isPresent()) {
			return Result.ok().with("permissions", accepted.get().permissions());
		}
		requireValid(account, invitation, command.link());
		if (this.world.hasLogin(invitee)) {
			throw Refusal.of(ProblemCode.LOGIN_EXISTS);
		}
		this.world.register(invitee, command.password());
		return join(account, invitation);
	}

	/**
	 * Declines. This can be repeated with the same link.
	 */
	Result decline(Decline command) {
		ModelInvitation invitation = requireInvitation(command.link());
		if (invitation.wasDeclinedWith(command.link())) {
			return Result.repeated();
		}
		invitation.requireUsable(command.link(), now());
		invitation.decline(command.reason(), now());
		account(command.link()).append(Event.byInvitee("invitation.declined").of(invitation), now());
		return Result.ok();
	}

	private Result join(ModelAccount account, ModelInvitation invitation) {
		Person user = invitation.invitee();
		if (account.isMember(user)) {
			throw Refusal.of(ProblemCode.ALREADY_MEMBER);
		}
		invitation.accept(user, now());
		account.membersVersion++;
		account.put(new ModelMember(user, invitation.permissions, 1, account.membersVersion, now()));
		account.append(
				Event.by(user, "invitation.accepted").of(invitation).about(user).granting(invitation.permissions),
				now());
		return Result.ok().with("permissions", invitation.permissions);
	}

	private ModelInvitation requireInvitation(Link link) {
		return account(link).find(link.invitation()).orElseThrow(() -> Refusal.of(ProblemCode.NOT_FOUND));
	}

	private void requireValid(ModelAccount account, ModelInvitation invitation, Link link) {
		invitation.requireUsable(link, now());
		requireInviterIsOwner(account, invitation);
	}

	private static void requireInviterIsOwner(ModelAccount account, ModelInvitation invitation) {
		if (invitation.inviter != account.owner()) {
			throw Refusal.of(ProblemCode.REVOKED);
		}
	}

	private static void requireInvitee(ModelInvitation invitation, Person user) {
		if (invitation.invitee() != user) {
			throw Refusal.of(ProblemCode.INVITATION_EMAIL_MISMATCH);
		}
	}

	/**
	 * The membership of the user who accepted with a link of the invitation, if the user
	 * is still a member.
	 */
	private Optional<ModelMember> findAccepted(ModelInvitation invitation, Link link, Person user) {
		return Optional.of(invitation)
			.filter((accepted) -> accepted.wasAcceptedBy(user, link))
			.flatMap((accepted) -> account(link).findMember(user));
	}

	private ModelAccount account(Link link) {
		return this.world.account(link.account());
	}

	private Duration now() {
		return this.world.now();
	}

}
