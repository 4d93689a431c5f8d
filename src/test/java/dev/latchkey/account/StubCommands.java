package dev.latchkey.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Records the commands and returns prepared results. Unless a test prepares one, a
 * command changes nothing, except that accounts can be created.
 */
class StubCommands implements AccountCommands, MemberCommands {

	private final List<String> calls = new ArrayList<>();

	private final InMemoryAccountRepository accounts;

	private Mono<Long> event = Mono.empty();

	private Mono<Member> edited = Mono.empty();

	StubCommands(InMemoryAccountRepository accounts) {
		this.accounts = accounts;
	}

	List<String> calls() {
		return this.calls;
	}

	/**
	 * Lets the commands that log an event succeed.
	 */
	void succeed() {
		this.event = Mono.just(7L);
	}

	/**
	 * Lets the edit of permissions succeed.
	 */
	void succeedWith(Member member) {
		this.edited = Mono.just(member);
	}

	@Override
	public Mono<AccountId> create(AccountId id, Caller owner, String name, Locale locale,
			Optional<IdempotencyKey> key) {
		return Mono.fromSupplier(() -> {
			this.calls.add("create " + name + " " + locale.toLanguageTag()
					+ key.map((present) -> " with key " + present).orElse(""));
			Account account = AccountBuilder.anAccount().id(id).named(name).locale(locale.toLanguageTag()).build();
			this.accounts.save(account, List.of(MemberBuilder.of(id).user(owner.user()).owner().build()));
			return id;
		});
	}

	@Override
	public Mono<Long> setValidity(AccountId account, UserId owner, @Nullable ValidityDays validity) {
		return call("set validity of " + account + " as " + owner + " to "
				+ ((validity != null) ? validity.days() : "default"), this.event);
	}

	@Override
	public Mono<Member> edit(AccountId account, UserId owner, UserId user, PermissionSet permissions, int version) {
		return call("edit " + user + " in " + account + " as " + owner + ": " + permissions + " at version " + version,
				this.edited);
	}

	@Override
	public Mono<Long> remove(AccountId account, UserId owner, UserId user) {
		return call("remove " + user + " from " + account + " as " + owner, this.event);
	}

	@Override
	public Mono<Long> leave(AccountId account, UserId user) {
		return call("leave " + account + " as " + user, this.event);
	}

	private <T> Mono<T> call(String call, Mono<T> result) {
		return Mono.defer(() -> {
			this.calls.add(call);
			return result;
		});
	}

}
