package dev.latchkey.model;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.account.AccountSettings;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Members;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.invitation.Acceptance;
import dev.latchkey.invitation.InvitationJobs;
import dev.latchkey.invitation.Invitations;
import dev.latchkey.invitation.NewInvitation;
import dev.latchkey.invitation.NewUserAcceptance;
import dev.latchkey.mail.MailType;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.model.Command.Draft;
import dev.latchkey.ownership.OwnershipTransfers;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.testing.Service;

/**
 * Runs commands on the service and describes the results in the words of the model.
 */
final class ServiceCommands implements Commands {

	private final Service service;

	private final StoredIds ids;

	private final ServiceResults results;

	private final DirectChanges changes;

	ServiceCommands(Service service, StoredIds ids, DirectChanges changes) {
		this.service = service;
		this.ids = ids;
		this.results = new ServiceResults(ids);
		this.changes = changes;
	}

	@Override
	public Result createAccount(Command.CreateAccount command) {
		return this.results.of(
				() -> this.service.bean(Accounts.class)
					.create(this.ids.caller(command.caller()), command.name(), Locale.ENGLISH, key(command)),
				(done) -> Result.of(done.replayed()).with("account", this.ids.number(done.value().id())));
	}

	@Override
	public Result setValidity(Command.SetValidity command) {
		return this.results.of(
				() -> this.service.bean(AccountSettings.class)
					.setValidity(account(command), caller(command), ValidityDays.of(command.days())),
				(done) -> Result.ok());
	}

	@Override
	public Result setLimits(Command.SetLimits command) {
		this.changes.setLimits(account(command), command.maxPending(), command.maxCreations());
		return Result.ok();
	}

	@Override
	public Result replaceOwner(Command.ReplaceOwner command) {
		this.changes.replaceOwner(account(command), this.ids.user(command.newOwner()));
		return Result.ok();
	}

	@Override
	public Result create(Command.Create command) {
		return this.results.of(
				() -> this.service.bean(Invitations.class)
					.create(account(command), caller(command), invitation(command.draft()), key(command)),
				this.results::describe);
	}

	@Override
	public Result createMany(Command.CreateMany command) {
		return new BulkRequest(this.service, this.ids, this.results, command).run();
	}

	@Override
	public Result resend(Command.Resend command) {
		InvitationId id = this.ids.invitation(command.account(), command.invitation());
		return this.results.of(
				() -> this.service.bean(Invitations.class).resend(account(command), caller(command), id, key(command)),
				this.results::describe);
	}

	@Override
	public Result revoke(Command.Revoke command) {
		InvitationId id = this.ids.invitation(command.account(), command.invitation());
		return this.results.of(
				() -> this.service.bean(Invitations.class).revoke(account(command), caller(command), id, key(command)),
				this.results::describe);
	}

	@Override
	public Result edit(Command.Edit command) {
		InvitationId id = this.ids.invitation(command.account(), command.invitation());
		return this.results.of(() -> this.service.bean(Invitations.class)
			.editPermissions(account(command), caller(command), id, PermissionSet.ofKeys(command.permissions()),
					command.version()),
				this.results::describe);
	}

	@Override
	public Result preview(Command.Preview command) {
		return this.results.of(() -> this.service.bean(Acceptance.class)
			.preview(this.ids.token(command.link()), Optional.ofNullable(command.caller()).map(this.ids::caller)),
				(preview) -> Result.ok()
					.with("permissions", preview.invitation().permissions().keys())
					.with("loginExists", preview.loginExists()));
	}

	@Override
	public Result accept(Command.Accept command) {
		return this.results.of(
				() -> this.service.bean(Acceptance.class)
					.accept(this.ids.token(command.link()), this.ids.caller(command.caller())),
				(done) -> Result.of(done.replayed()).with("permissions", done.value().permissions().keys()));
	}

	@Override
	public Result acceptAsNewUser(Command.AcceptAsNewUser command) {
		return this.results.of(
				() -> this.service.bean(NewUserAcceptance.class)
					.accept(this.ids.token(command.link()), "New User", command.password(), "192.0.2.1"),
				this.results::describe);
	}

	@Override
	public Result decline(Command.Decline command) {
		return this.results.of(
				() -> this.service.bean(Acceptance.class).decline(this.ids.token(command.link()), command.reason()),
				(done) -> Result.of(done.replayed()));
	}

	@Override
	public Result editMember(MemberCommand.EditMember command) {
		return this.results.of(() -> this.service.bean(Members.class)
			.editPermissions(account(command), caller(command), this.ids.user(command.user()),
					PermissionSet.ofKeys(command.permissions()), command.version()),
				this.results::describe);
	}

	@Override
	public Result removeMember(MemberCommand.RemoveMember command) {
		return this.results.ofCompletion(() -> this.service.bean(Members.class)
			.remove(account(command), caller(command), this.ids.user(command.user())));
	}

	@Override
	public Result leave(MemberCommand.Leave command) {
		return this.results
			.ofCompletion(() -> this.service.bean(Members.class).leave(account(command), caller(command)));
	}

	@Override
	public Result offerOwnership(MemberCommand.OfferOwnership command) {
		return this.results.ofCompletion(() -> this.service.bean(OwnershipTransfers.class)
			.offer(account(command), this.ids.caller(command.caller()), this.ids.user(command.newOwner()),
					command.password()));
	}

	@Override
	public Result endOffer(MemberCommand.EndOffer command) {
		return this.results.ofCompletion(
				() -> this.service.bean(OwnershipTransfers.class).endOffer(account(command), caller(command)));
	}

	@Override
	public Result acceptOwnership(MemberCommand.AcceptOwnership command) {
		return this.results
			.ofCompletion(() -> this.service.bean(OwnershipTransfers.class).accept(account(command), caller(command)));
	}

	@Override
	public Result sweep(BackgroundCommand.Sweep command) {
		new InvitationJobs(this.service).sweep();
		return Result.ok();
	}

	@Override
	public Result remind(BackgroundCommand.Remind command) {
		new InvitationJobs(this.service).remind();
		return Result.ok();
	}

	@Override
	public Result recordDelivery(BackgroundCommand.RecordDelivery command) {
		MailType type = this.service.beans(MailType.class)
			.stream()
			.filter((candidate) -> candidate.name().equals("invitation"))
			.findFirst()
			.orElseThrow();
		InvitationId id = this.ids.invitation(command.account(), command.link().invitation());
		QueuedMail mail = new QueuedMail(account(command).value(), UUID.randomUUID(), type.name(), id.value(),
				command.link().version(), 1);
		return this.results.of(() -> type.recordOutcome(mail, command.sent()),
				(recorded) -> Result.ok().with("recorded", recorded));
	}

	@Override
	public Result passTime(BackgroundCommand.PassTime command) {
		this.changes.pass(Duration.ofHours(command.hours()).plusMinutes(1), this.ids.accounts());
		return Result.ok();
	}

	private AccountId account(Command command) {
		return this.ids.account(command.account());
	}

	private UserId caller(Command command) {
		return this.ids.user(Objects.requireNonNull(command.caller()));
	}

	private NewInvitation invitation(Draft draft) {
		return new NewInvitation(this.ids.email(draft.invitee()), PermissionSet.ofKeys(draft.permissions()), null,
				ValidityDays.of(draft.days()));
	}

	private static Optional<IdempotencyKey> key(Command.Repeatable command) {
		return Optional.ofNullable(command.key()).map((key) -> IdempotencyKey.of(key, command.content()));
	}

}
