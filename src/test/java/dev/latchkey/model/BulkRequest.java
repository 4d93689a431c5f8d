package dev.latchkey.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.invitation.BulkInvitations;
import dev.latchkey.invitation.BulkLine;
import dev.latchkey.invitation.BulkResult;
import dev.latchkey.invitation.CheckedLine;
import dev.latchkey.invitation.NewInvitation;
import dev.latchkey.model.Command.CreateMany;
import dev.latchkey.model.Command.Draft;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.testing.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A bulk request to the service, in batches of two lines.
 */
final class BulkRequest {

	private static final int BATCH = 2;

	private final BulkInvitations invitations;

	private final StoredIds ids;

	private final ServiceResults results;

	private final CreateMany command;

	/** The numbers that the invitations of a dry run would get. */
	private final Map<InvitationId, Integer> dryRunNumbers = new HashMap<>();

	BulkRequest(Service service, StoredIds ids, ServiceResults results, CreateMany command) {
		this.invitations = service.bean(BulkInvitations.class);
		this.ids = ids;
		this.results = results;
		this.command = command;
	}

	Result run() {
		int existing = this.command.dryRun() ? this.ids.countInvitations(this.command.account()) : 0;
		return this.results.of(this::send,
				(lines) -> Result.lines(lines.stream().map((line) -> describe(line, existing)).toList()));
	}

	private Mono<List<BulkResult>> send() {
		AccountId account = this.ids.account(this.command.account());
		UserId caller = this.ids.user(this.command.caller());
		Flux<List<BulkLine>> batches = Flux.fromIterable(lines()).buffer(BATCH);
		Flux<List<BulkResult>> lines = this.command.dryRun()
				? this.invitations.check(account, caller, batches)
					.map((checked) -> checked.stream().map(CheckedLine::result).toList())
				: this.invitations.create(account, caller, batches);
		return lines.flatMapIterable((batch) -> batch).collectList();
	}

	private List<BulkLine> lines() {
		Optional<IdempotencyKey> key = Optional.ofNullable(this.command.dryRun() ? null : this.command.key())
			.map((text) -> IdempotencyKey.of(text, "create many"));
		List<BulkLine> lines = new ArrayList<>();
		for (Draft draft : this.command.drafts()) {
			int number = lines.size() + 1;
			lines.add(BulkLine.of(number, invitation(draft),
					key.map((present) -> present.ofLine(number, draft.toString()))));
		}
		return lines;
	}

	private NewInvitation invitation(Draft draft) {
		return new NewInvitation(this.ids.email(draft.invitee()), PermissionSet.ofKeys(draft.permissions()), null,
				ValidityDays.of(draft.days()));
	}

	private Result describe(BulkResult line, int existing) {
		if (line instanceof BulkResult.Created created) {
			return Result.of(created.replayed()).with("invitation", number(created.id(), existing));
		}
		if (line instanceof BulkResult.AlreadyPending pending) {
			return Result.refused(ProblemCode.INVITATION_PENDING).with("invitation", number(pending.id(), existing));
		}
		return (line instanceof BulkResult.Refused refused) ? this.results.describe(refused.problem())
				: Result.refused(ProblemCode.ALREADY_MEMBER);
	}

	private int number(InvitationId id, int existing) {
		int number = this.ids.number(id);
		return (number > 0) ? number
				: this.dryRunNumbers.computeIfAbsent(id, (added) -> existing + this.dryRunNumbers.size() + 1);
	}

}
