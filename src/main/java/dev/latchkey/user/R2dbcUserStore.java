package dev.latchkey.user;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;

/**
 * Stores users in the database.
 */
class R2dbcUserStore implements UserStore {

	private final UserRepository repository;

	private final R2dbcEntityTemplate template;

	R2dbcUserStore(UserRepository repository, R2dbcEntityTemplate template) {
		this.repository = repository;
		this.template = template;
	}

	@Override
	public Mono<User> find(UserId id) {
		return this.repository.findById(id.value());
	}

	@Override
	public Mono<User> find(EmailAddress email) {
		return this.repository.findByCanonicalEmail(email.canonical());
	}

	@Override
	public Mono<User> insert(User user) {
		return this.template.insert(user)
			.onErrorMap(DuplicateKeyException.class, (duplicate) -> DomainException.of(ProblemCode.LOGIN_EXISTS));
	}

	@Override
	public Mono<Void> changePassword(UserId id, String passwordHash) {
		return this.template.getDatabaseClient()
			.sql("update users set password_hash = :hash where id = :id")
			.bind("hash", passwordHash)
			.bind("id", id.value())
			.then();
	}

}
