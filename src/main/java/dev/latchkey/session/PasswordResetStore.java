package dev.latchkey.session;

import java.util.UUID;

import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Stores requested password resets, and whether their links were used.
 */
interface PasswordResetStore {

	Mono<Void> insert(UserId user, UUID id);

	/**
	 * Finds the state of a reset.
	 * @return the state, or empty if there is no such reset
	 */
	Mono<State> find(UserId user, UUID id);

	/**
	 * Marks a valid reset and all other unused resets of the same user as used.
	 * @return whether the reset was still valid
	 */
	Mono<Boolean> use(UserId user, UUID id);

	enum State {

		VALID, USED, EXPIRED

	}

}
