package dev.latchkey.session;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.latchkey.ratelimit.RateLimit;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.Refusals;
import dev.latchkey.user.User;
import dev.latchkey.user.UserFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sign-in and its limits in 15 minutes: 3 failures for an address from one source, 6 from
 * all unknown sources, and 5 from a source.
 */
class SignInTests {

	private static final String SOURCE = "192.0.2.1";

	private static final String STRANGER = "198.51.100.1";

	private static final String UNKNOWN = "nobody@example.test";

	private static final String WRONG = "a wrong password";

	private final SessionFixture fixture = new SessionFixture();

	private final User user = this.fixture.users().aUser("ann@example.test");

	private final SignIn signIn = this.fixture.signIn();

	private Mono<SignIn.SignedIn> signIn(String address, String password) {
		return signIn(address, password, SOURCE);
	}

	private Mono<SignIn.SignedIn> signIn(String address, String password, String source) {
		return this.signIn.signIn(EmailAddress.of(address), password, source);
	}

	@Nested
	class Password {

		@Test
		void opensASessionOfTheUser() {
			SignIn.SignedIn signedIn = Objects.requireNonNull(signIn("ANN@Example.test", UserFixture.PASSWORD).block());
			assertThat(signedIn.user()).isEqualTo(SignInTests.this.user);
			Caller caller = SignInTests.this.fixture.callerOf(signedIn.session().token());
			assertThat(caller.user()).isEqualTo(SignInTests.this.user.userId());
			assertThat(caller.expiresAt()).isEqualTo(signedIn.session().expiresAt());
		}

		@Test
		void thatIsWrongIsRefusedLikeAnUnknownAddress() {
			for (Mono<?> attempt : List.of(signIn(SignInTests.this.user.email(), WRONG),
					signIn(UNKNOWN, UserFixture.PASSWORD))) {
				Refusals.assertRefused(attempt, ProblemCode.WRONG_CREDENTIALS, (refusal) -> {
					assertThat(refusal.sentence()).isNull();
					assertThat(refusal.properties()).isEmpty();
					assertThat(refusal.retryAfter()).isNull();
				});
			}
		}

		@Test
		void isComparedOnceForKnownAndUnknownAddresses() {
			Refusals.assertRefused(signIn(SignInTests.this.user.email(), WRONG), ProblemCode.WRONG_CREDENTIALS);
			assertThat(SignInTests.this.fixture.users().encoder().comparedHashes())
				.containsExactly(SignInTests.this.user.passwordHash());
			Refusals.assertRefused(signIn(UNKNOWN, WRONG), ProblemCode.WRONG_CREDENTIALS);
			assertThat(SignInTests.this.fixture.users().encoder().comparedHashes()).hasSize(2);
		}

		@Test
		void ofTheDummyHashOpensNoSession() {
			Refusals.assertRefused(signIn(UNKNOWN, "dummy password"), ProblemCode.WRONG_CREDENTIALS);
		}

	}

	@Nested
	class Limit {

		@Test
		void ofASourceRefusesTheRightPasswordWithoutComparingIt() {
			fail(SignInTests.this.user.email(), STRANGER, 3);
			int compared = SignInTests.this.fixture.users().encoder().comparedHashes().size();
			Refusals.assertRefused(signIn("ANN@example.test", UserFixture.PASSWORD, STRANGER),
					ProblemCode.LIMIT_REACHED, (refusal) -> {
						assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMinutes(5));
						assertThat(Objects.requireNonNull(refusal.sentence()).message())
							.isEqualTo(DetailMessage.TOO_MANY_SIGN_INS);
					});
			assertThat(SignInTests.this.fixture.users().encoder().comparedHashes()).hasSize(compared);
		}

		@Test
		void isNotUsedUpByAThousandAttemptsOfAStranger() {
			for (int count = 0; count < 1000; count++) {
				signIn(SignInTests.this.user.email(), WRONG, STRANGER).onErrorComplete().block();
			}
			assertSignsIn(SOURCE);
			assertThat(SignInTests.this.fixture.users().encoder().comparedHashes()).hasSize(4);
		}

		@Test
		void slowsDownAnAttackFromManySources() {
			attackFromManySources(SignInTests.this.user.email());
			int compared = SignInTests.this.fixture.users().encoder().comparedHashes().size();
			assertThat(compared).isEqualTo(6);
			Duration wait = Duration.ofMinutes(15).dividedBy(6);
			Refusals.assertRefused(signIn(SignInTests.this.user.email(), UserFixture.PASSWORD, SOURCE),
					ProblemCode.LIMIT_REACHED, (refusal) -> assertThat(refusal.retryAfter()).isEqualTo(wait));
			SignInTests.this.fixture.clock().letPass(wait);
			assertSignsIn(SOURCE);
		}

		@Test
		void doesNotSlowDownAKnownSourceDuringAnAttackFromManySources() {
			assertSignsIn(SOURCE);
			attackFromManySources(SignInTests.this.user.email());
			assertSignsIn(SOURCE);
		}

		@Test
		void isTheSameForAnUnknownAddress() {
			assertSlowedDown(SignInTests.this.user.email(), "198.51.100.");
			assertSlowedDown(UNKNOWN, "203.0.113.");
		}

		@Test
		void ofASourceCountsAllAddresses() {
			fail("a@example.test", SOURCE, 3);
			fail("b@example.test", SOURCE, 2);
			Refusals.assertRefused(signIn(SignInTests.this.user.email(), UserFixture.PASSWORD),
					ProblemCode.LIMIT_REACHED, (refusal) -> {
						assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMinutes(15));
						assertThat(Objects.requireNonNull(refusal.sentence()).message())
							.isEqualTo(DetailMessage.TOO_MANY_FROM_NETWORK);
					});
			assertSignsIn("192.0.2.2");
		}

		@Test
		void startsAgainForTheSourceAfterASignIn() {
			fail(SignInTests.this.user.email(), SOURCE, 2);
			fail(SignInTests.this.user.email(), STRANGER, 3);
			assertSignsIn(SOURCE);
			fail(SignInTests.this.user.email(), SOURCE, 2);
			Refusals.assertRefused(signIn(SignInTests.this.user.email(), WRONG, STRANGER), ProblemCode.LIMIT_REACHED);
			assertThat(attempts(RateLimit.SIGN_IN_SOURCE, SOURCE)).isEqualTo(4);
		}

		@Test
		void isNotReachedBySuccessfulSignIns() {
			for (int count = 0; count < 10; count++) {
				assertSignsIn(SOURCE);
			}
		}

		@Test
		void knowsTheSourceOfANewUser() {
			attackFromManySources(SignInTests.this.user.email());
			StepVerifier.create(SignInTests.this.signIn.signInNewUser(SignInTests.this.user, SOURCE))
				.assertNext((session) -> assertThat(SignInTests.this.fixture.callerOf(session.token()).user())
					.isEqualTo(SignInTests.this.user.userId()))
				.verifyComplete();
			assertSignsIn(SOURCE);
		}

		private void assertSlowedDown(String address, String network) {
			fail(address, network + 1, 3);
			Refusals.assertRefused(signIn(address, WRONG, network + 1), ProblemCode.LIMIT_REACHED,
					(refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMinutes(5)));
			fail(address, network + 2, 2);
			fail(address, network + 3, 1);
			Refusals.assertRefused(signIn(address, WRONG, network + 4), ProblemCode.LIMIT_REACHED,
					(refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(150)));
		}

		private void attackFromManySources(String address) {
			for (int source = 0; source < 200; source++) {
				signIn(address, WRONG, "198.51.100." + source).onErrorComplete().block();
			}
		}

		private void assertSignsIn(String source) {
			StepVerifier.create(signIn(SignInTests.this.user.email(), UserFixture.PASSWORD, source))
				.expectNextCount(1)
				.verifyComplete();
		}

	}

	@Nested
	class PasswordConfirmation {

		private final Caller caller = SignInTests.this.fixture
			.callerOf(SignInTests.this.fixture.tokenOf(SignInTests.this.user));

		@Test
		void acceptsThePasswordOfTheCaller() {
			StepVerifier.create(confirm(UserFixture.PASSWORD)).verifyComplete();
		}

		@Test
		void refusesAnotherPasswordAndNamesTheField() {
			Refusals.assertRefused(confirm(WRONG), ProblemCode.INVALID_FIELD,
					(refusal) -> assertThat(refusal.properties()).containsEntry("field", "password"));
		}

		@Test
		void isLimitedForTheUser() {
			for (int count = 0; count < 3; count++) {
				Refusals.assertRefused(confirm(WRONG), ProblemCode.INVALID_FIELD);
			}
			Refusals.assertRefused(confirm(UserFixture.PASSWORD), ProblemCode.LIMIT_REACHED,
					(refusal) -> assertThat(Objects.requireNonNull(refusal.sentence()).message())
						.isEqualTo(DetailMessage.TOO_MANY_WRONG_PASSWORDS));
		}

		@Test
		void isNotLimitedByFailedSignInsOfStrangers() {
			for (int count = 0; count < 100; count++) {
				signIn(SignInTests.this.user.email(), WRONG, "198.51.100." + count).onErrorComplete().block();
			}
			StepVerifier.create(confirm(UserFixture.PASSWORD)).verifyComplete();
		}

		@Test
		void resetsTheCountAfterTheRightPassword() {
			Refusals.assertRefused(confirm(WRONG), ProblemCode.INVALID_FIELD);
			StepVerifier.create(confirm(UserFixture.PASSWORD)).verifyComplete();
			assertThat(attempts(RateLimit.PASSWORD_CONFIRMATION, SignInTests.this.user.id().toString())).isZero();
		}

		private Mono<Void> confirm(String password) {
			return SignInTests.this.signIn.confirmPassword(this.caller, password);
		}

	}

	private void fail(String address, String source, int times) {
		for (int count = 0; count < times; count++) {
			Refusals.assertRefused(signIn(address, WRONG, source), ProblemCode.WRONG_CREDENTIALS);
		}
	}

	private int attempts(RateLimit limit, String subject) {
		return this.fixture.users().rateLimiter().attempts(limit, subject);
	}

}
