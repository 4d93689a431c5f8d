package dev.latchkey.account;

import java.util.Locale;
import java.util.Optional;

import dev.latchkey.command.CommandResult;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The commands that create and change accounts. Each one is atomic and logs an event. A
 * command that is refused changes nothing.
 */
interface AccountCommands {

	/**
	 * Creates an account with its owner as the only member.
	 * @param locale the default language of its invitations
	 * @param key the idempotency key, or empty
	 * @return the account, or {@link ProblemCode#IDEMPOTENCY_KEY_REUSED}
	 */
	Mono<CommandResult<Account>> create(AccountId id, Caller owner, String name, Locale locale,
			Optional<IdempotencyKey> key);

	/**
	 * Sets how long invitations of the account are valid.
	 * @param validity null for the default of the service
	 * @return the account, or {@link ProblemCode#OWNER_ONLY}, or
	 * {@link ProblemCode#NOT_FOUND}
	 */
	Mono<Account> setValidity(AccountId account, UserId caller, @Nullable ValidityDays validity);

}
