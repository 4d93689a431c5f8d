package dev.latchkey.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.latchkey.command.CommandResult;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Records the commands and returns prepared results. Unless a test prepares a refusal, a
 * command succeeds.
 */
class StubCommands implements AccountCommands, MemberCommands {

	private final List<String> calls = new ArrayList<>();

	private @Nullable ProblemCode refusal;

	private @Nullable Account replayed;

	List<String> calls() {
		return this.calls;
	}

	/**
	 * Refuses all commands.
	 */
	void refuse(ProblemCode code) {
		this.refusal = code;
	}

	/**
	 * Sets that an earlier request with the same key has created an account.
	 */
	void replay(Account account) {
		this.replayed = account;
	}

	@Override
	public Mono<CommandResult<Account>> create(AccountId id, Caller owner, String name, Locale locale,
			Optional<IdempotencyKey> key) {
		Account account = AccountBuilder.anAccount().id(id).named(name).locale(locale.toLanguageTag()).build();
		Account earlier = this.replayed;
		return call(
				"create " + name + " " + locale.toLanguageTag()
						+ key.map((present) -> " with key " + present).orElse(""),
				(earlier != null) ? new CommandResult<>(earlier, true) : new CommandResult<>(account, false));
	}

	@Override
	public Mono<Account> setValidity(AccountId account, UserId caller, @Nullable ValidityDays validity) {
		AccountBuilder changed = AccountBuilder.anAccount().id(account);
		return call(
				"set validity of " + account + " as " + caller + " to "
						+ ((validity != null) ? validity.days() : "default"),
				((validity != null) ? changed.validityDays(validity.days()) : changed).build());
	}

	@Override
	public Mono<Member> edit(AccountId account, UserId caller, UserId user, PermissionSet permissions, int version) {
		return call("edit " + user + " in " + account + " as " + caller + ": " + permissions + " at version " + version,
				MemberBuilder.of(account)
					.user(user)
					.with(permissions.keys().toArray(String[]::new))
					.version(version + 1)
					.build());
	}

	@Override
	public Mono<Void> remove(AccountId account, UserId caller, UserId user) {
		return call("remove " + user + " from " + account + " as " + caller, true).then();
	}

	@Override
	public Mono<Void> leave(AccountId account, UserId user) {
		return call("leave " + account + " as " + user, true).then();
	}

	private <T> Mono<T> call(String call, T result) {
		return Mono.fromSupplier(() -> {
			this.calls.add(call);
			ProblemCode code = this.refusal;
			if (code != null) {
				throw DomainException.of(code);
			}
			return result;
		});
	}

}
