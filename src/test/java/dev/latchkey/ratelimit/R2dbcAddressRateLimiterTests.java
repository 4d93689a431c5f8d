package dev.latchkey.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.StoreFixture;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits on attempts for an address, with the real tables.
 */
@DatabaseTest
class R2dbcAddressRateLimiterTests implements AddressRateLimiterContract {

	static TestDatabase database;

	static AddressRateLimiter limiter;

	private final EmailAddress email = EmailAddress.of(TestUsers.anAddress());

	@BeforeAll
	static void start() {
		database = StoreFixture.shared().database();
		limiter = StoreFixture.shared().service().bean(AddressRateLimiter.class);
	}

	@Override
	public AddressRateLimiter limiter() {
		return limiter;
	}

	@Override
	public void letPass(Duration duration) {
		double seconds = duration.toSeconds();
		database.update("update address_attempt set counted_at = counted_at - make_interval(secs => ?)", seconds);
		database.update("update known_source set last_success_at = last_success_at - make_interval(secs => ?)",
				seconds);
	}

	@Test
	void exactlyTheLimitPassesOfManyConcurrentAttemptsOfOneSource() {
		assertThat(passed(Flux.range(0, 200).map((number) -> STRANGER))).isEqualTo(LIMIT.maxPerSource());
		assertPasses(this.email, OWN_SOURCE, LIMIT.maxFromUnknownSources() - LIMIT.maxPerSource());
	}

	@Test
	void exactlyTheSharedLimitPassesOfManyConcurrentUnknownSources() {
		assertThat(passed(Flux.range(0, 200).map((number) -> "198.51.100." + number)))
			.isEqualTo(LIMIT.maxFromUnknownSources());
	}

	@Test
	void concurrentSignInsFromOneSourceDoNotFail() {
		AddressLimit generous = new AddressLimit(LIMIT.limit(), 1000, 1000, LIMIT.window());
		Flux<Void> signIns = Flux.range(0, 50)
			.map((number) -> EmailAddress.of(TestUsers.anAddress()))
			.concatMap((address) -> Flux.range(0, 12)
				.flatMap((attempt) -> limiter.acquire(generous, address, OWN_SOURCE)
					.then(limiter.recordSuccess(LIMIT.limit(), address, OWN_SOURCE)), 6));
		StepVerifier.create(signIns).expectComplete().verify(Duration.ofSeconds(20));
	}

	@Test
	void theNewestKnownSourcesAreKept() {
		for (int source = 0; source <= R2dbcAddressRateLimiter.MAX_KNOWN_SOURCES; source++) {
			letPass(Duration.ofSeconds(1));
			signIn(this.email, "192.0.2." + source);
		}
		useUpSharedAttempts(this.email);
		assertRefuses(this.email, "192.0.2.0", Duration.ofMinutes(10));
		assertPasses(this.email, "192.0.2.1", 1);
		assertThat(knownSources()).hasSize(R2dbcAddressRateLimiter.MAX_KNOWN_SOURCES);
	}

	@Test
	void tablesContainOnlyHashes() {
		signIn(this.email, OWN_SOURCE);
		assertPasses(this.email, STRANGER, 1);
		assertThat(database.rows("select address_hash, counter from address_attempt")).isNotEmpty()
			.allSatisfy((row) -> assertThat(row.values()).allSatisfy(R2dbcAddressRateLimiterTests::assertHash));
		assertThat(database.rows("select address_hash, source_hash from known_source")).isNotEmpty()
			.allSatisfy((row) -> assertThat(row.values()).allSatisfy(R2dbcAddressRateLimiterTests::assertHash));
	}

	private long passed(Flux<String> sources) {
		return sources
			.flatMap((source) -> limiter.acquire(LIMIT, this.email, source)
				.thenReturn(1)
				.onErrorReturn(DomainException.class, 0), 16)
			.filter((one) -> one == 1)
			.count()
			.blockOptional(Duration.ofSeconds(20))
			.orElseThrow();
	}

	/**
	 * The known sources of the address that has most of them.
	 */
	private List<Map<String, Object>> knownSources() {
		return database.rows("""
				select source_hash from known_source where address_hash = (
				    select address_hash from known_source group by address_hash order by count(*) desc limit 1)
				""");
	}

	private static void assertHash(Object value) {
		assertThat(String.valueOf(value)).matches("[0-9a-f]{32}");
	}

}
