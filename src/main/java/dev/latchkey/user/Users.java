package dev.latchkey.user;

import java.util.Locale;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Finds, creates and changes users.
 */
public class Users {

	private final UserRepository repository;

	private final R2dbcEntityTemplate template;

	private final DatabaseClient database;

	private final IdGenerator ids;

	Users(UserRepository repository, R2dbcEntityTemplate template, IdGenerator ids) {
		this.repository = repository;
		this.template = template;
		this.database = template.getDatabaseClient();
		this.ids = ids;
	}

	public Mono<User> find(UserId id) {
		return this.repository.findById(id.value());
	}

	public Mono<User> find(EmailAddress email) {
		return this.repository.findByCanonicalEmail(email.canonical());
	}

	/**
	 * Creates a login. The person must have proved to own the mailbox.
	 * @param passwordHash the result of {@link Passwords#hash}
	 * @return the new user, or {@link ProblemCode#LOGIN_EXISTS}
	 */
	public Mono<User> register(EmailAddress email, String name, String passwordHash, Locale locale) {
		return this.template.insert(User.create(this.ids.get(), email, name, passwordHash, locale))
			.onErrorMap(DuplicateKeyException.class, (duplicate) -> DomainException.of(ProblemCode.LOGIN_EXISTS));
	}

	/**
	 * Replaces the password. The user must have proved to own the mailbox.
	 */
	public Mono<Void> changePassword(UserId id, String passwordHash) {
		return this.database.sql("update users set password_hash = :hash where id = :id")
			.bind("hash", passwordHash)
			.bind("id", id.value())
			.then();
	}

}
