package dev.latchkey.user;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Stores users. There is one user at most for a canonical e-mail address.
 */
interface UserStore {

	Mono<User> find(UserId id);

	Mono<User> find(EmailAddress email);

	/**
	 * Adds a user.
	 * @return the user, or {@link ProblemCode#LOGIN_EXISTS} if the address has a user
	 */
	Mono<User> insert(User user);

	/**
	 * Replaces the password of a user; does nothing if there is no such user.
	 */
	Mono<Void> changePassword(UserId id, String passwordHash);

}
