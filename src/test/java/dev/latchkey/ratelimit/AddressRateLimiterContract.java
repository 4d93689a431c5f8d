package dev.latchkey.ratelimit;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.Refusals;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every limiter of attempts for an address does: 3 attempts of a source and 6 of all
 * unknown sources in an hour, so one more every 20 and every 10 minutes.
 */
interface AddressRateLimiterContract {

	AddressLimit LIMIT = new AddressLimit(RateLimit.SIGN_IN_ADDRESS, 3, 6, Duration.ofHours(1));

	String OWN_SOURCE = "192.0.2.1";

	String STRANGER = "198.51.100.1";

	AddressRateLimiter limiter();

	void letPass(Duration duration);

	@Test
	default void aSourceIsSlowedDownAfterItsLimit() {
		EmailAddress email = anAddress();
		assertPasses(email, STRANGER, 3);
		assertRefuses(email, STRANGER, Duration.ofMinutes(20));
		letPass(Duration.ofMinutes(15));
		assertRefuses(email, STRANGER, Duration.ofMinutes(5));
		letPass(Duration.ofMinutes(5));
		assertPasses(email, STRANGER, 1);
		assertRefuses(email, STRANGER, Duration.ofMinutes(20));
	}

	@Test
	default void allAttemptsAreForgottenAfterTheWindow() {
		EmailAddress email = anAddress();
		assertPasses(email, STRANGER, 3);
		letPass(LIMIT.window());
		assertPasses(email, STRANGER, 3);
		assertRefuses(email, STRANGER, Duration.ofMinutes(20));
	}

	@Test
	default void aStrangerWhoTriesForeverDoesNotSlowDownAnotherUnknownSource() {
		EmailAddress email = anAddress();
		for (int round = 0; round < 12; round++) {
			for (int count = 0; count < 20; count++) {
				limiter().acquire(LIMIT, email, STRANGER).onErrorComplete().block();
			}
			assertPasses(email, "192.0.2." + (round + 1), 1);
			letPass(Duration.ofMinutes(20));
		}
	}

	@Test
	default void unknownSourcesAreSlowedDownTogether() {
		EmailAddress email = anAddress();
		for (int source = 0; source < 6; source++) {
			assertPasses(email, "198.51.100." + source, 1);
		}
		assertRefuses(email, "198.51.100.6", Duration.ofMinutes(10));
		letPass(Duration.ofMinutes(10));
		assertPasses(email, "198.51.100.6", 1);
		assertRefuses(email, "198.51.100.7", Duration.ofMinutes(10));
	}

	@Test
	default void anAttemptThatTheUnknownSourcesLeaveNoRoomForIsNotCountedForItsSource() {
		EmailAddress email = anAddress();
		useUpSharedAttempts(email);
		for (int count = 0; count < 5; count++) {
			assertRefuses(email, OWN_SOURCE, Duration.ofMinutes(10));
		}
		letPass(LIMIT.window());
		assertPasses(email, OWN_SOURCE, 3);
	}

	@Test
	default void aKnownSourceIsNotSlowedDownByOthers() {
		EmailAddress email = anAddress();
		signIn(email, OWN_SOURCE);
		useUpSharedAttempts(email);
		assertPasses(email, OWN_SOURCE, 3);
		assertRefuses(email, OWN_SOURCE, Duration.ofMinutes(20));
	}

	@Test
	default void aKnownSourceDoesNotUseUpTheAttemptsOfOthers() {
		EmailAddress email = anAddress();
		signIn(email, OWN_SOURCE);
		assertPasses(email, OWN_SOURCE, 3);
		useUpSharedAttempts(email);
	}

	@Test
	default void aSourceIsKnownForOneAddressOnly() {
		EmailAddress email = anAddress();
		signIn(anAddress(), OWN_SOURCE);
		useUpSharedAttempts(email);
		assertRefuses(email, OWN_SOURCE, Duration.ofMinutes(10));
	}

	@Test
	default void aSourceIsForgottenAfter90Days() {
		EmailAddress email = anAddress();
		signIn(email, OWN_SOURCE);
		letPass(Duration.ofDays(89));
		useUpSharedAttempts(email);
		assertPasses(email, OWN_SOURCE, 1);
		letPass(Duration.ofDays(1));
		useUpSharedAttempts(email);
		assertRefuses(email, OWN_SOURCE, Duration.ofMinutes(10));
	}

	@Test
	default void aSuccessForgetsTheAttemptsOfItsSourceOnly() {
		EmailAddress email = anAddress();
		assertPasses(email, STRANGER, 3);
		assertPasses(email, OWN_SOURCE, 2);
		signIn(email, OWN_SOURCE);
		assertPasses(email, OWN_SOURCE, 3);
		assertRefuses(email, STRANGER, Duration.ofMinutes(20));
	}

	@Test
	default void aSuccessTakesBackOnlyItsAttemptOfThoseThatUnknownSourcesShare() {
		EmailAddress email = anAddress();
		assertPasses(email, STRANGER, 3);
		assertPasses(email, OWN_SOURCE, 1);
		signIn(email, OWN_SOURCE);
		assertPasses(email, "198.51.100.2", 2);
		assertRefuses(email, "198.51.100.3", Duration.ofMinutes(10));
	}

	@Test
	default void aLaterSuccessOfAKnownSourceTakesBackNothing() {
		EmailAddress email = anAddress();
		signIn(email, OWN_SOURCE);
		useUpSharedAttempts(email);
		signIn(email, OWN_SOURCE);
		assertRefuses(email, "198.51.100.9", Duration.ofMinutes(10));
	}

	@Test
	default void aProofMakesTheSourceKnownAndForgetsItsAttempts() {
		EmailAddress email = anAddress();
		assertPasses(email, OWN_SOURCE, 3);
		assertPasses(email, STRANGER, 3);
		StepVerifier.create(limiter().recordProof(LIMIT.limit(), email, OWN_SOURCE)).verifyComplete();
		assertPasses(email, OWN_SOURCE, 3);
		assertRefuses(email, "198.51.100.2", Duration.ofMinutes(10));
	}

	@Test
	default void eachKindOfAttemptIsCountedSeparately() {
		EmailAddress email = anAddress();
		assertPasses(email, STRANGER, 3);
		AddressLimit other = new AddressLimit(RateLimit.PASSWORD_RESET_ADDRESS, 1, 1, LIMIT.window());
		StepVerifier.create(limiter().acquire(other, email, STRANGER)).verifyComplete();
		Refusals.assertRefused(limiter().acquire(other, email, OWN_SOURCE), ProblemCode.LIMIT_REACHED);
	}

	@Test
	default void anyNumberOfAttemptsCanBeAllowed() {
		AddressLimit generous = new AddressLimit(RateLimit.SIGN_IN_ADDRESS, Integer.MAX_VALUE, Integer.MAX_VALUE,
				Duration.ofMillis(1));
		EmailAddress email = anAddress();
		for (int count = 0; count < 5; count++) {
			StepVerifier.create(limiter().acquire(generous, email, STRANGER)).verifyComplete();
		}
	}

	@Test
	default void addressesWithDifferentTagsCountAsOne() {
		String name = UUID.randomUUID().toString();
		assertPasses(EmailAddress.of(name + "@example.test"), STRANGER, 2);
		assertPasses(EmailAddress.of(name + "+x@Example.test"), STRANGER, 1);
		assertRefuses(EmailAddress.of(name + "+y@example.test"), STRANGER, Duration.ofMinutes(20));
	}

	@Test
	default void nothingHappensBeforeTheSubscription() {
		EmailAddress email = anAddress();
		for (int count = 0; count < 4; count++) {
			assertThat(limiter().acquire(LIMIT, email, STRANGER)).isNotNull();
			assertThat(limiter().recordSuccess(LIMIT.limit(), email, STRANGER)).isNotNull();
		}
		useUpSharedAttempts(email);
		assertRefuses(email, STRANGER, Duration.ofMinutes(10));
	}

	/**
	 * Uses up the attempts that unknown sources share, and checks their number.
	 */
	default void useUpSharedAttempts(EmailAddress email) {
		assertPasses(email, "203.0.113.1", 3);
		assertPasses(email, "203.0.113.2", 3);
		assertRefuses(email, "203.0.113.3", Duration.ofMinutes(10));
	}

	default void signIn(EmailAddress email, String source) {
		Mono<Void> signIn = limiter().acquire(LIMIT, email, source)
			.then(limiter().recordSuccess(LIMIT.limit(), email, source));
		StepVerifier.create(signIn).verifyComplete();
	}

	default void assertPasses(EmailAddress email, String source, int times) {
		for (int count = 0; count < times; count++) {
			StepVerifier.create(limiter().acquire(LIMIT, email, source)).verifyComplete();
		}
	}

	/**
	 * Requires a refusal with a time to wait. The test itself takes up to ten seconds.
	 */
	default void assertRefuses(EmailAddress email, String source, Duration wait) {
		Refusals.assertRefused(limiter().acquire(LIMIT, email, source), ProblemCode.LIMIT_REACHED,
				(refusal) -> assertThat(Objects.requireNonNull(refusal.retryAfter())).isBetween(wait.minusSeconds(10),
						wait));
	}

	private static EmailAddress anAddress() {
		return EmailAddress.of(UUID.randomUUID() + "@example.test");
	}

}
