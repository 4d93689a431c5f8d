package dev.latchkey.invitation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.latchkey.command.CommandResult;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Commands that record what they are called with and return a prepared outcome. Without
 * one they are refused, because the account is not found.
 */
class StubCommands implements InvitationCommands {

	private final List<List<@Nullable Object>> calls = new ArrayList<>();

	private CommandOutcome outcome = CommandOutcome.refused(DomainException.notFound());

	void willReturn(Invitation invitation) {
		willReturn(CommandOutcome.executed(invitation));
	}

	void willReturn(CommandOutcome prepared) {
		this.outcome = prepared;
	}

	/**
	 * The executed commands: the name, and then the parameters.
	 */
	List<List<@Nullable Object>> calls() {
		return this.calls;
	}

	@Override
	public Mono<CommandOutcome> create(AccountId account, UserId caller, NewInvitation invitation,
			Optional<IdempotencyKey> key) {
		return outcome("create", account, caller, invitation, key.map(IdempotencyKey::key));
	}

	@Override
	public Mono<CommandOutcome> resend(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		return outcome("resend", account, caller, id, key.map(IdempotencyKey::key));
	}

	@Override
	public Mono<CommandOutcome> revoke(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		return outcome("revoke", account, caller, id, key.map(IdempotencyKey::key));
	}

	@Override
	public Mono<CommandOutcome> edit(AccountId account, UserId caller, InvitationId id, PermissionSet permissions,
			int version) {
		return outcome("edit", account, caller, id, permissions, version);
	}

	@Override
	public Mono<CommandResult<Membership>> accept(LinkToken link, UserId user, EmailAddress email, String name) {
		return outcome("accept", link, user, email, name).flatMap(CommandOutcome::result)
			.map((result) -> new CommandResult<>(membership(result.value()), result.replayed()));
	}

	@Override
	public Mono<CommandResult<Invitation>> decline(LinkToken link, @Nullable String reason) {
		return outcome("decline", link, reason).flatMap(CommandOutcome::result);
	}

	@Override
	public Mono<Boolean> recordDelivery(AccountId account, InvitationId id, int version, boolean sent) {
		return outcome("recordDelivery", account, id, version, sent).map(CommandOutcome::isExecuted);
	}

	private static Membership membership(Invitation accepted) {
		return new Membership(accepted.account(), accepted.id(), accepted.permissions());
	}

	private Mono<CommandOutcome> outcome(String name, @Nullable Object... parameters) {
		return Mono.fromSupplier(() -> {
			List<@Nullable Object> call = new ArrayList<>(List.of(name));
			call.addAll(Arrays.asList(parameters));
			this.calls.add(call);
			return this.outcome;
		});
	}

}
