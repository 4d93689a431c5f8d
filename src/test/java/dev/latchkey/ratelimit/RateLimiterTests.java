package dev.latchkey.ratelimit;

import java.time.Duration;
import java.util.Objects;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits on attempts, with the real table.
 */
@ServiceTest
class RateLimiterTests {

	private static final RateLimit LIMIT = RateLimit.SIGN_UP_ADDRESS;

	private static final Duration HOUR = Duration.ofHours(1);

	static TestDatabase database;

	static Service service;

	static RateLimiter rateLimiter;

	private final String subject = TestUsers.anAddress();

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database).start();
		rateLimiter = service.bean(RateLimiter.class);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void attemptsPassUpToTheLimitAndThenTheErrorContainsTheTimeToWait() {
		assertPasses(3);
		StepVerifier.create(rateLimiter.acquire(LIMIT, this.subject, 3, HOUR)).verifyErrorSatisfies((error) -> {
			DomainException refusal = (DomainException) error;
			assertThat(refusal.code()).isEqualTo(ProblemCode.LIMIT_REACHED);
			assertThat(Objects.requireNonNull(refusal.retryAfter())).isBetween(HOUR.minusSeconds(30), HOUR);
		});
	}

	@Test
	void countingRestartsAfterTheWindow() {
		assertPasses(3);
		assertRefuses();
		database.update("update throttle set window_start = now() - interval '3601 seconds'");
		assertPasses(3);
		assertRefuses();
	}

	@Test
	void eachLimitAndEachSubjectIsCountedSeparately() {
		assertPasses(3);
		StepVerifier.create(rateLimiter.acquire(RateLimit.SIGN_IN_ADDRESS, this.subject, 3, HOUR)).verifyComplete();
		StepVerifier.create(rateLimiter.acquire(LIMIT, this.subject + "x", 3, HOUR)).verifyComplete();
	}

	@Test
	void resetClearsTheCountAndReleaseTakesBackOneAttempt() {
		assertPasses(3);
		assertRefuses();
		StepVerifier.create(rateLimiter.reset(LIMIT, this.subject)).verifyComplete();
		assertPasses(3);
		StepVerifier.create(rateLimiter.release(LIMIT, this.subject)).verifyComplete();
		assertPasses(1);
		assertRefuses();
	}

	@Test
	void exactlyTheLimitPassesOfManyConcurrentAttempts() {
		Long passed = Flux.range(0, 200)
			.flatMap((number) -> rateLimiter.acquire(LIMIT, this.subject, 25, HOUR)
				.thenReturn(1)
				.onErrorReturn(DomainException.class, 0), 16)
			.filter((one) -> one == 1)
			.count()
			.block(Duration.ofSeconds(20));
		assertThat(passed).isEqualTo(25);
	}

	@Test
	void tableContainsNoAddress() {
		assertPasses(1);
		assertThat(database.rows("select bucket from throttle")).isNotEmpty()
			.allSatisfy((row) -> assertThat(String.valueOf(row.get("bucket"))).matches("[0-9a-f]{32}"));
	}

	private void assertPasses(int times) {
		for (int count = 0; count < times; count++) {
			StepVerifier.create(rateLimiter.acquire(LIMIT, this.subject, 3, HOUR)).verifyComplete();
		}
	}

	private void assertRefuses() {
		StepVerifier.create(rateLimiter.acquire(LIMIT, this.subject, 3, HOUR)).verifyError(DomainException.class);
	}

}
