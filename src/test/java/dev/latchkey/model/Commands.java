package dev.latchkey.model;

/**
 * Runs commands: on the model or on the service.
 */
interface Commands {

	Result createAccount(Command.CreateAccount command);

	Result setValidity(Command.SetValidity command);

	Result setLimits(Command.SetLimits command);

	Result replaceOwner(Command.ReplaceOwner command);

	Result create(Command.Create command);

	Result createMany(Command.CreateMany command);

	Result resend(Command.Resend command);

	Result revoke(Command.Revoke command);

	Result edit(Command.Edit command);

	Result preview(Command.Preview command);

	Result accept(Command.Accept command);

	Result acceptAsNewUser(Command.AcceptAsNewUser command);

	Result decline(Command.Decline command);

	Result editMember(MemberCommand.EditMember command);

	Result removeMember(MemberCommand.RemoveMember command);

	Result leave(MemberCommand.Leave command);

	Result offerOwnership(MemberCommand.OfferOwnership command);

	Result endOffer(MemberCommand.EndOffer command);

	Result acceptOwnership(MemberCommand.AcceptOwnership command);

	Result sweep(BackgroundCommand.Sweep command);

	Result remind(BackgroundCommand.Remind command);

	Result recordDelivery(BackgroundCommand.RecordDelivery command);

	Result passTime(BackgroundCommand.PassTime command);

}
