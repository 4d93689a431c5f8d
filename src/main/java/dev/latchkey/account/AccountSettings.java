package dev.latchkey.account;

import java.util.function.Consumer;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Settings that the owner changes for a whole account.
 */
public class AccountSettings {

	private final AccountCommands commands;

	private final Consumer<AccountId> notifyAppended;

	/**
	 * Creates the operations on settings.
	 * @param notifyAppended is called with an account after events were appended to its
	 * log
	 */
	AccountSettings(AccountCommands commands, Consumer<AccountId> notifyAppended) {
		this.commands = commands;
		this.notifyAppended = notifyAppended;
	}

	/**
	 * Sets how long invitations of the account are valid if they do not specify it
	 * themselves. It applies from the next mail of each invitation.
	 * @param validity null for the default of the service
	 * @return the account, or {@link ProblemCode#OWNER_ONLY}, or
	 * {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<Account> setValidity(AccountId account, UserId caller, @Nullable ValidityDays validity) {
		return this.commands.setValidity(account, caller, validity)
			.doOnNext((changed) -> this.notifyAppended.accept(account));
	}

}
