package dev.latchkey.ratelimit;

import java.time.Duration;

import dev.latchkey.shared.DomainException;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StoreFixture;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits on attempts, with the real table.
 */
@DatabaseTest
class R2dbcRateLimiterTests implements RateLimiterContract {

	static TestDatabase database;

	static Service service;

	static RateLimiter rateLimiter;

	private final String subject = TestUsers.anAddress();

	@BeforeAll
	static void start() {
		database = StoreFixture.shared().database();
		service = StoreFixture.shared().service();
		rateLimiter = service.bean(RateLimiter.class);
	}

	@Override
	public RateLimiter rateLimiter() {
		return rateLimiter;
	}

	@Override
	public void letPass(Duration duration) {
		database.update("update throttle set window_start = window_start - make_interval(secs => ?)",
				(double) duration.toSeconds());
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
		assertPasses(this.subject, 1);
		assertThat(database.rows("select bucket from throttle")).isNotEmpty()
			.allSatisfy((row) -> assertThat(String.valueOf(row.get("bucket"))).matches("[0-9a-f]{32}"));
	}

}
