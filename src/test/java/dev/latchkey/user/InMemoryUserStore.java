package dev.latchkey.user;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores users in memory.
 */
final class InMemoryUserStore implements UserStore {

	private final Map<UUID, User> users = new LinkedHashMap<>();

	@Override
	public Mono<User> find(UserId id) {
		return Mono.fromSupplier(() -> this.users.get(id.value()));
	}

	@Override
	public Mono<User> find(EmailAddress email) {
		return Flux.defer(() -> Flux.fromIterable(this.users.values()))
			.filter((user) -> user.canonicalEmail().equals(email.canonical()))
			.next();
	}

	@Override
	public Mono<User> insert(User user) {
		return find(user.address()).flatMap((taken) -> Mono.<User>error(DomainException.of(ProblemCode.LOGIN_EXISTS)))
			.switchIfEmpty(Mono.fromSupplier(() -> {
				this.users.put(user.id(), user);
				return user;
			}));
	}

	@Override
	public Mono<Void> changePassword(UserId id, String passwordHash) {
		return Mono.fromRunnable(() -> this.users.computeIfPresent(id.value(),
				(key, user) -> new User(key, user.email(), user.canonicalEmail(), user.name(), passwordHash,
						user.externalId(), user.locale(), user.createdAt())));
	}

	int size() {
		return this.users.size();
	}

}
