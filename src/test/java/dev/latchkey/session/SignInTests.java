package dev.latchkey.session;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.latchkey.ratelimit.RateLimit;
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
 * Sign-in and its limits: 3 failures for an address and 5 from a source in 15 minutes.
 */
class SignInTests {

	private static final String SOURCE = "192.0.2.1";

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
		void ofAnAddressRefusesTheRightPasswordWithoutComparingIt() {
			fail(SignInTests.this.user.email(), SOURCE, 3);
			int compared = SignInTests.this.fixture.users().encoder().comparedHashes().size();
			Refusals.assertRefused(signIn("ANN@example.test", UserFixture.PASSWORD, "192.0.2.2"),
					ProblemCode.LIMIT_REACHED,
					(refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMinutes(15)));
			assertThat(SignInTests.this.fixture.users().encoder().comparedHashes()).hasSize(compared);
		}

		@Test
		void ofAnAddressIsTheSameForAnUnknownOne() {
			fail(UNKNOWN, SOURCE, 3);
			Refusals.assertRefused(signIn(UNKNOWN, WRONG), ProblemCode.LIMIT_REACHED);
		}

		@Test
		void ofASourceCountsAllAddresses() {
			fail("a@example.test", SOURCE, 3);
			fail("b@example.test", SOURCE, 2);
			Refusals.assertRefused(signIn(SignInTests.this.user.email(), UserFixture.PASSWORD),
					ProblemCode.LIMIT_REACHED);
			StepVerifier.create(signIn(SignInTests.this.user.email(), UserFixture.PASSWORD, "192.0.2.2"))
				.expectNextCount(1)
				.verifyComplete();
		}

		@Test
		void isLiftedAfterTheWindow() {
			fail(SignInTests.this.user.email(), SOURCE, 3);
			SignInTests.this.fixture.clock().letPass(Duration.ofMinutes(15));
			StepVerifier.create(signIn(SignInTests.this.user.email(), UserFixture.PASSWORD))
				.expectNextCount(1)
				.verifyComplete();
		}

		@Test
		void startsAgainForTheAddressAfterASignIn() {
			fail(SignInTests.this.user.email(), SOURCE, 2);
			StepVerifier.create(signIn(SignInTests.this.user.email(), UserFixture.PASSWORD))
				.expectNextCount(1)
				.verifyComplete();
			assertThat(attempts(RateLimit.SIGN_IN_ADDRESS, SignInTests.this.user.canonicalEmail())).isZero();
			assertThat(attempts(RateLimit.SIGN_IN_SOURCE, SOURCE)).isEqualTo(2);
		}

		@Test
		void isNotReachedBySuccessfulSignIns() {
			for (int count = 0; count < 10; count++) {
				StepVerifier.create(signIn(SignInTests.this.user.email(), UserFixture.PASSWORD))
					.expectNextCount(1)
					.verifyComplete();
			}
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
		void countsAWrongPasswordAsAFailedSignIn() {
			for (int count = 0; count < 3; count++) {
				Refusals.assertRefused(confirm(WRONG), ProblemCode.INVALID_FIELD);
			}
			Refusals.assertRefused(confirm(UserFixture.PASSWORD), ProblemCode.LIMIT_REACHED);
			Refusals.assertRefused(signIn(SignInTests.this.user.email(), UserFixture.PASSWORD),
					ProblemCode.LIMIT_REACHED);
		}

		@Test
		void resetsTheCountAfterTheRightPassword() {
			Refusals.assertRefused(confirm(WRONG), ProblemCode.INVALID_FIELD);
			StepVerifier.create(confirm(UserFixture.PASSWORD)).verifyComplete();
			assertThat(attempts(RateLimit.SIGN_IN_ADDRESS, SignInTests.this.user.canonicalEmail())).isZero();
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
