package dev.latchkey.account;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import dev.latchkey.command.CommandResult;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DisplayText;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Billing accounts. The user who creates an account becomes its owner.
 */
public class Accounts {

	private final AccountRepository store;

	private final AccountCommands commands;

	private final Consumer<AccountId> notifyAppended;

	private final IdGenerator ids;

	private final AccountProperties properties;

	/**
	 * Creates the operations on accounts.
	 * @param notifyAppended is called with an account after events were appended to its
	 * log
	 */
	Accounts(AccountRepository store, AccountCommands commands, Consumer<AccountId> notifyAppended, IdGenerator ids,
			AccountProperties properties) {
		this.store = store;
		this.commands = commands;
		this.notifyAppended = notifyAppended;
		this.ids = ids;
		this.properties = properties;
	}

	/**
	 * Creates an account.
	 * @param locale the default language of its invitations
	 * @param key the idempotency key, or empty
	 * @return the account, or {@link ProblemCode#ACCOUNT_CREATION_CLOSED}, or
	 * {@link ProblemCode#IDEMPOTENCY_KEY_REUSED}
	 */
	public Mono<CommandResult<Account>> create(Caller caller, String name, Locale locale,
			Optional<IdempotencyKey> key) {
		if (!this.properties.selfServiceCreation()) {
			return Mono.error(DomainException.of(ProblemCode.ACCOUNT_CREATION_CLOSED));
		}
		String displayName = DisplayText.name("name", name);
		return this.commands.create(new AccountId(this.ids.get()), caller, displayName, locale, key)
			.doOnNext(this::notifyUnlessReplayed);
	}

	/**
	 * Finds all accounts of which the user is a member, oldest first.
	 */
	public Flux<Account> findAll(UserId user) {
		return this.store.findAll(user);
	}

	/**
	 * Finds one account.
	 * @return the account, or {@link ProblemCode#NOT_FOUND} if the user is not a member
	 */
	public Mono<Account> find(AccountId account, UserId user) {
		return this.store.find(account, user).switchIfEmpty(Mono.error(DomainException::notFound));
	}

	private void notifyUnlessReplayed(CommandResult<Account> result) {
		if (!result.replayed()) {
			this.notifyAppended.accept(result.value().id());
		}
	}

}
