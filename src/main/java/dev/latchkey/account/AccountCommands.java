package dev.latchkey.account;

import java.util.Locale;
import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The commands that create and change accounts. Each one is atomic and logs an event.
 */
interface AccountCommands {

	/**
	 * Creates an account with its owner as the only member.
	 * @param locale the default language of its invitations
	 * @param key the idempotency key, or empty
	 * @return the id of the account
	 */
	Mono<AccountId> create(AccountId id, Caller owner, String name, Locale locale, Optional<IdempotencyKey> key);

	/**
	 * Sets how long invitations of the account are valid.
	 * @param validity null for the default of the service
	 * @return the number of the event, or empty if the user is not the owner, so that
	 * nothing changed
	 */
	Mono<Long> setValidity(AccountId account, UserId owner, @Nullable ValidityDays validity);

}
