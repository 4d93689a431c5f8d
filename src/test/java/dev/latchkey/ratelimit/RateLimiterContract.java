package dev.latchkey.ratelimit;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every rate limiter does.
 */
interface RateLimiterContract {

	RateLimit LIMIT = RateLimit.SIGN_UP_SOURCE;

	Duration HOUR = Duration.ofHours(1);

	RateLimiter rateLimiter();

	void letPass(Duration duration);

	@Test
	default void attemptsPassUpToTheLimitAndThenTheErrorContainsTheTimeToWait() {
		String subject = aSubject();
		assertPasses(subject, 3);
		letPass(Duration.ofMinutes(20));
		StepVerifier.create(rateLimiter().acquire(LIMIT, subject, 3, HOUR)).verifyErrorSatisfies((error) -> {
			DomainException refusal = (DomainException) error;
			assertThat(refusal.code()).isEqualTo(ProblemCode.LIMIT_REACHED);
			assertThat(Objects.requireNonNull(refusal.retryAfter())).isBetween(Duration.ofMinutes(39),
					Duration.ofMinutes(40));
		});
	}

	@Test
	default void countingRestartsAfterTheWindow() {
		String subject = aSubject();
		assertPasses(subject, 3);
		assertRefuses(subject);
		letPass(HOUR);
		assertPasses(subject, 3);
		assertRefuses(subject);
	}

	@Test
	default void aRefusedAttemptDoesNotExtendTheWindow() {
		String subject = aSubject();
		assertPasses(subject, 3);
		letPass(Duration.ofMinutes(50));
		assertRefuses(subject);
		letPass(Duration.ofMinutes(10));
		assertPasses(subject, 3);
	}

	@Test
	default void eachLimitAndEachSubjectIsCountedSeparately() {
		String subject = aSubject();
		assertPasses(subject, 3);
		StepVerifier.create(rateLimiter().acquire(RateLimit.SIGN_IN_SOURCE, subject, 3, HOUR)).verifyComplete();
		StepVerifier.create(rateLimiter().acquire(LIMIT, subject + "x", 3, HOUR)).verifyComplete();
		assertRefuses(subject);
	}

	@Test
	default void resetClearsTheCount() {
		String subject = aSubject();
		assertPasses(subject, 3);
		assertRefuses(subject);
		StepVerifier.create(rateLimiter().reset(LIMIT, subject)).verifyComplete();
		assertPasses(subject, 3);
		assertRefuses(subject);
	}

	@Test
	default void releaseTakesBackOneAttempt() {
		String subject = aSubject();
		assertPasses(subject, 3);
		StepVerifier.create(rateLimiter().release(LIMIT, subject)).verifyComplete();
		assertPasses(subject, 1);
		assertRefuses(subject);
	}

	@Test
	default void releaseNeverAllowsMoreThanTheLimit() {
		String subject = aSubject();
		StepVerifier.create(rateLimiter().release(LIMIT, subject)).verifyComplete();
		assertPasses(subject, 1);
		StepVerifier.create(rateLimiter().release(LIMIT, subject)).verifyComplete();
		StepVerifier.create(rateLimiter().release(LIMIT, subject)).verifyComplete();
		assertPasses(subject, 3);
		assertRefuses(subject);
	}

	@Test
	default void nothingIsCountedBeforeTheSubscription() {
		String subject = aSubject();
		for (int count = 0; count < 4; count++) {
			assertThat(rateLimiter().acquire(LIMIT, subject, 3, HOUR)).isNotNull();
		}
		assertPasses(subject, 3);
	}

	default void assertPasses(String subject, int times) {
		for (int count = 0; count < times; count++) {
			StepVerifier.create(rateLimiter().acquire(LIMIT, subject, 3, HOUR)).verifyComplete();
		}
	}

	default void assertRefuses(String subject) {
		StepVerifier.create(rateLimiter().acquire(LIMIT, subject, 3, HOUR))
			.verifyErrorMatches(
					(error) -> error instanceof DomainException refusal && refusal.code() == ProblemCode.LIMIT_REACHED);
	}

	private static String aSubject() {
		return UUID.randomUUID() + "@example.test";
	}

}
