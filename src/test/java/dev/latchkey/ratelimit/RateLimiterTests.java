package dev.latchkey.ratelimit;

import java.time.Duration;
import java.util.Objects;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often something may be tried, counted in the real table.
 */
class RateLimiterTests {

	private static final Duration HOUR = Duration.ofHours(1);

	static TestDatabase database;

	static Service service;

	static RateLimiter rateLimiter;

	private final String who = TestUsers.anAddress();

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
	void passesAsOftenAsTheLimitSaysAndThenTellsHowLongToWait() {
		passes(3);
		StepVerifier.create(rateLimiter.pass("test", this.who, 3, HOUR)).verifyErrorSatisfies((error) -> {
			DomainException refusal = (DomainException) error;
			assertThat(refusal.code()).isEqualTo(ProblemCode.LIMIT_REACHED);
			assertThat(Objects.requireNonNull(refusal.retryAfter())).isBetween(HOUR.minusSeconds(30), HOUR);
		});
	}

	@Test
	void beginsAnewWhenTheWindowIsOver() {
		passes(3);
		refuses();
		database.update("update throttle set window_start = now() - interval '3601 seconds'");
		passes(3);
		refuses();
	}

	@Test
	void countsEachPurposeAndEachOneApart() {
		passes(3);
		StepVerifier.create(rateLimiter.pass("another", this.who, 3, HOUR)).verifyComplete();
		StepVerifier.create(rateLimiter.pass("test", this.who + "x", 3, HOUR)).verifyComplete();
	}

	@Test
	void forgivesAndRefunds() {
		passes(3);
		refuses();
		StepVerifier.create(rateLimiter.forgive("test", this.who)).verifyComplete();
		passes(3);
		StepVerifier.create(rateLimiter.refund("test", this.who)).verifyComplete();
		passes(1);
		refuses();
	}

	@Test
	void letsExactlyAsManyPassOfManyAtOnce() {
		Long passed = Flux.range(0, 200)
			.flatMap((number) -> rateLimiter.pass("test", this.who, 25, HOUR)
				.thenReturn(1)
				.onErrorReturn(DomainException.class, 0), 16)
			.filter((one) -> one == 1)
			.count()
			.block(Duration.ofSeconds(20));
		assertThat(passed).isEqualTo(25);
	}

	@Test
	void keepsNoAddress() {
		passes(1);
		assertThat(database.rows("select bucket from throttle")).isNotEmpty()
			.allSatisfy((row) -> assertThat(String.valueOf(row.get("bucket"))).matches("[0-9a-f]{32}"));
	}

	private void passes(int times) {
		for (int count = 0; count < times; count++) {
			StepVerifier.create(rateLimiter.pass("test", this.who, 3, HOUR)).verifyComplete();
		}
	}

	private void refuses() {
		StepVerifier.create(rateLimiter.pass("test", this.who, 3, HOUR)).verifyError(DomainException.class);
	}

}
