package dev.latchkey.invitation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Commands that record what they are called with and return a prepared result. Without a
 * result they change nothing.
 */
class StubCommands implements InvitationCommands {

	private final List<List<@Nullable Object>> calls = new ArrayList<>();

	private @Nullable Invitation result;

	void willReturn(Invitation invitation) {
		this.result = invitation;
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
	public Mono<Invitation> edit(AccountId account, UserId caller, InvitationId id, PermissionSet permissions,
			int version) {
		return call("edit", account, caller, id, permissions, version);
	}

	@Override
	public Mono<Invitation> accept(LinkToken link, UserId user, EmailAddress email, String name) {
		return call("accept", link, user, email, name);
	}

	@Override
	public Mono<Invitation> decline(LinkToken link, @Nullable String reason) {
		return call("decline", link, reason);
	}

	private Mono<CommandOutcome> outcome(String name, Object... parameters) {
		return call(name, parameters).map((invitation) -> new CommandOutcome(invitation, 0));
	}

	private Mono<Invitation> call(String name, @Nullable Object... parameters) {
		return Mono.defer(() -> {
			List<@Nullable Object> call = new ArrayList<>(List.of(name));
			call.addAll(Arrays.asList(parameters));
			this.calls.add(call);
			return Mono.justOrEmpty(this.result);
		});
	}

}
