package dev.latchkey.user;

import java.util.Locale;
import java.util.UUID;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

/**
 * Stores sign-ups that wait for their confirmation.
 */
interface SignUpStore {

	Mono<Void> insert(UUID id, EmailAddress email, Locale locale);

	/**
	 * Finds a sign-up, used and expired ones too.
	 * @return the sign-up, or empty
	 */
	Mono<SignUp> find(UUID id);

	/**
	 * Marks a sign-up as used.
	 * @return completes, or fails with {@link ProblemCode#USED} if it was used or expired
	 * in the meantime
	 */
	Mono<Void> markUsed(SignUp signUp);

}
