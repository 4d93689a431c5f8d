package dev.latchkey.user;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.MovableClock;
import reactor.core.publisher.Mono;

/**
 * Stores sign-ups in memory, with the clock of the test.
 */
final class InMemorySignUpStore implements SignUpStore {

	private final MovableClock clock;

	private final Duration validity;

	private final Map<UUID, Row> rows = new HashMap<>();

	InMemorySignUpStore(MovableClock clock, Duration validity) {
		this.clock = clock;
		this.validity = validity;
	}

	@Override
	public Mono<Void> insert(UUID id, EmailAddress email, Locale locale) {
		return Mono
			.fromRunnable(() -> this.rows.put(id, new Row(email, locale, this.clock.now().plus(this.validity), false)));
	}

	@Override
	public Mono<SignUp> find(UUID id) {
		return Mono.fromSupplier(() -> this.rows.get(id))
			.map((row) -> new SignUp(id, row.email(), row.locale(), row.used(), isExpired(row)));
	}

	@Override
	public Mono<Void> markUsed(SignUp signUp) {
		return find(signUp.id()).filter(SignUp::isUsable)
			.switchIfEmpty(Mono.error(DomainException.of(ProblemCode.USED)))
			.doOnNext((usable) -> this.rows.computeIfPresent(usable.id(),
					(id, row) -> new Row(row.email(), row.locale(), row.expiresAt(), true)))
			.then();
	}

	int size() {
		return this.rows.size();
	}

	private boolean isExpired(Row row) {
		return !this.clock.now().isBefore(row.expiresAt());
	}

	private record Row(EmailAddress email, Locale locale, Instant expiresAt, boolean used) {

	}

}
