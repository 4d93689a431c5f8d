package dev.latchkey.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.MovableClock;
import reactor.core.publisher.Mono;

/**
 * A limiter in memory, with the clock of the test. Sources stay known for 90 days.
 */
public final class InMemoryAddressRateLimiter implements AddressRateLimiter {

	private static final String UNKNOWN_SOURCES = "";

	private final MovableClock clock;

	private final Map<Counter, Count> counts = new HashMap<>();

	private final Map<KnownSource, Instant> knownSources = new HashMap<>();

	public InMemoryAddressRateLimiter(MovableClock clock) {
		this.clock = clock;
	}

	@Override
	public Mono<Void> acquire(AddressLimit limit, EmailAddress email, String source) {
		return Mono.defer(() -> {
			Counter ofSource = new Counter(limit.limit(), email.mailbox(), source);
			Optional<Duration> wait = count(ofSource, limit.maxPerSource(), limit.secondsPerAttemptOfSource());
			if (wait.isEmpty() && !isKnown(email, source)) {
				Counter shared = new Counter(limit.limit(), email.mailbox(), UNKNOWN_SOURCES);
				wait = count(shared, limit.maxFromUnknownSources(), limit.secondsPerAttemptOfUnknownSources());
				wait.ifPresent((refused) -> takeBack(ofSource));
			}
			return wait.map((duration) -> Mono.<Void>error(refusal(limit, duration))).orElse(Mono.empty());
		});
	}

	@Override
	public Mono<Void> recordSuccess(RateLimit limit, EmailAddress email, String source) {
		return Mono.fromRunnable(() -> {
			if (!isKnown(email, source)) {
				takeBack(new Counter(limit, email.mailbox(), UNKNOWN_SOURCES));
			}
			markKnown(limit, email, source);
		});
	}

	@Override
	public Mono<Void> recordProof(RateLimit limit, EmailAddress email, String source) {
		return Mono.fromRunnable(() -> markKnown(limit, email, source));
	}

	/**
	 * Whether the source is known for the address.
	 */
	public boolean isKnown(EmailAddress email, String source) {
		Instant lastSuccess = this.knownSources.get(new KnownSource(email.mailbox(), source));
		return lastSuccess != null && lastSuccess.plus(Duration.ofDays(90)).isAfter(this.clock.now());
	}

	private static DomainException refusal(AddressLimit limit, Duration wait) {
		return limit.limit().refusal(wait);
	}

	private void markKnown(RateLimit limit, EmailAddress email, String source) {
		this.counts.remove(new Counter(limit, email.mailbox(), source));
		this.knownSources.put(new KnownSource(email.mailbox(), source), this.clock.now());
	}

	/**
	 * Counts an attempt.
	 * @return the time to wait if it exceeds the maximum and was not counted
	 */
	private Optional<Duration> count(Counter counter, int max, double secondsPerAttempt) {
		Instant now = this.clock.now();
		Count last = this.counts.getOrDefault(counter, new Count(0, now));
		double forgotten = Duration.between(last.at(), now).toMillis() / 1000.0 / secondsPerAttempt;
		double remaining = Math.max(last.attempts() - forgotten, 0);
		if (remaining + 1 > max) {
			return Optional.of(Duration.ofMillis(Math.round((remaining + 1 - max) * secondsPerAttempt * 1000)));
		}
		this.counts.put(counter, new Count(remaining + 1, now));
		return Optional.empty();
	}

	private void takeBack(Counter counter) {
		this.counts.computeIfPresent(counter, (key, count) -> new Count(Math.max(count.attempts() - 1, 0), count.at()));
	}

	private record Counter(RateLimit limit, String mailbox, String source) {

	}

	private record Count(double attempts, Instant at) {

	}

	private record KnownSource(String mailbox, String source) {

	}

}
