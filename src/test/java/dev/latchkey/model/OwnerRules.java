package dev.latchkey.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import dev.latchkey.model.Command.Create;
import dev.latchkey.model.Command.CreateMany;
import dev.latchkey.model.Command.Draft;
import dev.latchkey.model.Command.Edit;
import dev.latchkey.model.Command.Resend;
import dev.latchkey.model.Command.Revoke;
import dev.latchkey.model.Result.Refusal;
import dev.latchkey.model.World.Receipt;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the owner's commands on invitations.
 */
final class OwnerRules {

	private final World world;

	OwnerRules(World world) {
		this.world = world;
	}

	Result create(Create command) {
		requireNotEmpty(command.draft().permissions());
		ModelAccount account = this.world.account(command.account());
		return runOnce(account, command, () -> {
			this.world.requireOwner(account, command.caller());
			return create(account, command.caller(), command.draft());
		});
	}

	/**
	 * Decides about each line as about a single request. The lines have keys of their
	 * own, which are derived from the key of the request.
	 */
	Result createMany(CreateMany command) {
		ModelAccount account = this.world.account(command.account());
		this.world.requireOwner(account, command.caller());
		ModelAccount changed = command.dryRun() ? account.copy() : account;
		List<Result> lines = new ArrayList<>();
		for (Draft draft : command.drafts()) {
			String key = (command.key() != null && !command.dryRun()) ? command.key() + " " + (lines.size() + 1) : null;
			lines.add(createLine(changed, new Create(command.account(), command.caller(), draft, key)));
		}
		return Result.lines(lines);
	}

	private Result createLine(ModelAccount account, Create line) {
		try {
			requireNotEmpty(line.draft().permissions());
			Result result = runOnce(account, line, () -> create(account, line.caller(), line.draft()));
			return new Result(result.outcome(),
					Map.of("invitation", Objects.requireNonNull(result.details().get("invitation"))));
		}
		catch (Refusal refusal) {
			return refusal.result();
		}
	}

	Result resend(Resend command) {
		ModelAccount account = this.world.account(command.account());
		return runOnce(account, command, () -> {
			ModelInvitation invitation = requireInvitation(account, command.caller(), command.invitation());
			invitation.requireOpen(now());
			requireNoMember(account, invitation.invitee());
			requireNoOtherLiveInvitation(account, invitation);
			Limits.requireCooldownOver(invitation, now());
			if (!invitation.isLive(now())) {
				Limits.requirePendingBelowLimit(account, now());
			}
			Limits.requireMailBelowLimit(account, invitation.invitee(), now());
			resend(account, invitation);
			return invitation;
		});
	}

	Result revoke(Revoke command) {
		ModelAccount account = this.world.account(command.account());
		return runOnce(account, command, () -> {
			ModelInvitation invitation = requireInvitation(account, command.caller(), command.invitation());
			invitation.requireOpen(now());
			if (invitation.isOverdue(now())) {
				account.mark(invitation, now());
			}
			invitation.revoke(now());
			account.append(Event.by(command.caller(), "invitation.revoked").of(invitation), now());
			return invitation;
		});
	}

	Result edit(Edit command) {
		requireNotEmpty(command.permissions());
		ModelAccount account = this.world.account(command.account());
		ModelInvitation invitation = requireInvitation(account, command.caller(), command.invitation());
		if (!invitation.isLive(now())) {
			throw invitation.wrongStatus(now());
		}
		if (command.version() != invitation.version) {
			throw Refusal.of(ProblemCode.STALE);
		}
		List<String> previous = invitation.permissions;
		invitation.edit(command.permissions());
		account.append(Event.by(command.caller(), "invitation.permissions-changed")
			.of(invitation)
			.granting(invitation.permissions)
			.insteadOf(previous), now());
		return invitation.describe(Result.ok(), now());
	}

	private ModelInvitation create(ModelAccount account, Person owner, Draft draft) {
		requireNoMember(account, draft.invitee());
		requireNoLiveInvitation(account, draft.invitee());
		Limits.requirePendingBelowLimit(account, now());
		Limits.requireCreationsBelowLimit(account, now());
		Limits.requireMailBelowLimit(account, draft.invitee(), now());
		Limits.countCreation(account, now());
		Limits.countMail(account, draft.invitee(), 0, now());
		account.markOverdue(draft.invitee(), now());
		ModelInvitation created = new ModelInvitation(account.invitations().size() + 1, draft, owner, now(),
				Limits.validity(account, draft.days()));
		account.invitations().add(created);
		account.append(Event.by(owner, "invitation.created").of(created).granting(created.permissions), now());
		account.queue("invitation", "invitation " + created.number, created.link);
		return created;
	}

	private void resend(ModelAccount account, ModelInvitation invitation) {
		Limits.countMail(account, invitation.invitee(), 1, now());
		account.markOverdue(invitation.invitee(), now());
		invitation.send(account.owner(), now(), Limits.validity(account, invitation.draft.days()));
		account.append(Event.by(account.owner(), "invitation.resent").of(invitation).sent(invitation.link), now());
		account.queue("invitation", "invitation " + invitation.number, invitation.link);
	}

	/**
	 * Runs a command unless the same request was completed before. A request that is
	 * refused leaves no receipt.
	 */
	private Result runOnce(ModelAccount account, Command.Repeatable request, Supplier<ModelInvitation> command) {
		Person caller = caller(request);
		Map<String, Receipt> receipts = account.receipts(caller);
		Receipt receipt = (request.key() != null) ? receipts.get(request.key()) : null;
		if (receipt != null) {
			int subject = receipt.requireSubject(request.content());
			return requireInvitation(account, caller, subject).describe(Result.repeated(), now());
		}
		ModelInvitation changed = command.get();
		if (request.key() != null) {
			receipts.put(request.key(), new Receipt(request.content(), changed.number));
		}
		return changed.describe(Result.ok(), now());
	}

	private ModelInvitation requireInvitation(ModelAccount account, Person caller, int number) {
		this.world.requireOwner(account, caller);
		return account.find(number).orElseThrow(() -> Refusal.of(ProblemCode.NOT_FOUND));
	}

	private void requireNoLiveInvitation(ModelAccount account, Person invitee) {
		account.findLive(invitee, now()).ifPresent(OwnerRules::refusePending);
	}

	private void requireNoOtherLiveInvitation(ModelAccount account, ModelInvitation invitation) {
		Optional<ModelInvitation> live = account.findLive(invitation.invitee(), now());
		live.filter((other) -> other != invitation).ifPresent(OwnerRules::refusePending);
	}

	private Duration now() {
		return this.world.now();
	}

	private static void refusePending(ModelInvitation live) {
		throw Result.refused(ProblemCode.INVITATION_PENDING).with("invitation", live.number).asRefusal();
	}

	private static void requireNoMember(ModelAccount account, Person invitee) {
		if (account.isMember(invitee)) {
			throw Refusal.of(ProblemCode.ALREADY_MEMBER);
		}
	}

	static void requireNotEmpty(List<String> permissions) {
		if (permissions.isEmpty()) {
			throw Refusal.of(ProblemCode.EMPTY_PERMISSIONS);
		}
	}

	private static Person caller(Command command) {
		@Nullable Person caller = command.caller();
		if (caller == null) {
			throw new IllegalArgumentException(command + " has no caller");
		}
		return caller;
	}

}
