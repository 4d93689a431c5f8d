package dev.latchkey.user;

import java.util.Locale;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Finds, creates and changes users.
 */
public class Users {

	private final UserStore store;

	private final IdGenerator ids;

	Users(UserStore store, IdGenerator ids) {
		this.store = store;
		this.ids = ids;
	}

	public Mono<User> find(UserId id) {
		return this.store.find(id);
	}

	public Mono<User> find(EmailAddress email) {
		return this.store.find(email);
	}

	/**
	 * Creates a login. The person must have proved to own the mailbox.
	 * @param passwordHash the result of {@link Passwords#hash}
	 * @return the new user, or {@link ProblemCode#LOGIN_EXISTS}
	 */
	public Mono<User> register(EmailAddress email, String name, String passwordHash, Locale locale) {
		return this.store.insert(User.create(this.ids.get(), email, name, passwordHash, locale));
	}

	/**
	 * Replaces the password. The user must have proved to own the mailbox.
	 */
	public Mono<Void> changePassword(UserId id, String passwordHash) {
		return this.store.changePassword(id, passwordHash);
	}

}
