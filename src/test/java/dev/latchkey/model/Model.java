package dev.latchkey.model;

import java.time.Duration;

import dev.latchkey.model.Result.Refusal;

/**
 * The model of the service: what each command does in each state, and how it is refused.
 * A refused command changes nothing.
 */
final class Model implements Commands {

	/** Orders the times of commands between which no time is passed. */
	private static final Duration TIME_OF_A_COMMAND = Duration.ofMillis(1);

	private final World world;

	private final AccountRules accounts;

	private final OwnerRules owner;

	private final InviteeRules invitee;

	private final MemberRules members;

	private final OwnershipRules ownership;

	private final BackgroundRules background;

	Model(World world) {
		this.world = world;
		this.accounts = new AccountRules(world);
		this.owner = new OwnerRules(world);
		this.invitee = new InviteeRules(world);
		this.members = new MemberRules(world);
		this.ownership = new OwnershipRules(world);
		this.background = new BackgroundRules(world);
	}

	World world() {
		return this.world;
	}

	Result run(Command command) {
		this.world.pass(TIME_OF_A_COMMAND);
		try {
			return command.on(this);
		}
		catch (Refusal refusal) {
			return refusal.result();
		}
	}

	@Override
	public Result createAccount(Command.CreateAccount command) {
		return this.accounts.createAccount(command);
	}

	@Override
	public Result setValidity(Command.SetValidity command) {
		return this.accounts.setValidity(command);
	}

	@Override
	public Result setLimits(Command.SetLimits command) {
		return this.accounts.setLimits(command);
	}

	@Override
	public Result replaceOwner(Command.ReplaceOwner command) {
		return this.accounts.replaceOwner(command);
	}

	@Override
	public Result create(Command.Create command) {
		return this.owner.create(command);
	}

	@Override
	public Result createMany(Command.CreateMany command) {
		return this.owner.createMany(command);
	}

	@Override
	public Result resend(Command.Resend command) {
		return this.owner.resend(command);
	}

	@Override
	public Result revoke(Command.Revoke command) {
		return this.owner.revoke(command);
	}

	@Override
	public Result edit(Command.Edit command) {
		return this.owner.edit(command);
	}

	@Override
	public Result preview(Command.Preview command) {
		return this.invitee.preview(command);
	}

	@Override
	public Result accept(Command.Accept command) {
		return this.invitee.accept(command);
	}

	@Override
	public Result acceptAsNewUser(Command.AcceptAsNewUser command) {
		return this.invitee.acceptAsNewUser(command);
	}

	@Override
	public Result decline(Command.Decline command) {
		return this.invitee.decline(command);
	}

	@Override
	public Result editMember(MemberCommand.EditMember command) {
		return this.members.editMember(command);
	}

	@Override
	public Result removeMember(MemberCommand.RemoveMember command) {
		return this.members.removeMember(command);
	}

	@Override
	public Result leave(MemberCommand.Leave command) {
		return this.members.leave(command);
	}

	@Override
	public Result offerOwnership(MemberCommand.OfferOwnership command) {
		return this.ownership.offerOwnership(command);
	}

	@Override
	public Result endOffer(MemberCommand.EndOffer command) {
		return this.ownership.endOffer(command);
	}

	@Override
	public Result acceptOwnership(MemberCommand.AcceptOwnership command) {
		return this.ownership.acceptOwnership(command);
	}

	@Override
	public Result sweep(BackgroundCommand.Sweep command) {
		return this.background.sweep();
	}

	@Override
	public Result remind(BackgroundCommand.Remind command) {
		return this.background.remind();
	}

	@Override
	public Result recordDelivery(BackgroundCommand.RecordDelivery command) {
		return this.background.recordDelivery(command);
	}

	@Override
	public Result passTime(BackgroundCommand.PassTime command) {
		return this.background.passTime(command);
	}

}
