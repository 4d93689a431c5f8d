package dev.latchkey.user;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.mail.RecordingOutbox;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.Refusals;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Both steps of signing up: in an hour, 5 mails for a mailbox, 3 of them from one source,
 * and 8 requests from a source.
 */
class SignUpTests {

	private static final String SOURCE = "192.0.2.1";

	private final UserFixture fixture = new UserFixture();

	@Nested
	class Request {

		@Test
		void storesTheSignUpEnqueuesItsMailAndWakesTheRelay() {
			StepVerifier.create(request("Ann@Example.test", "192.0.2.1")).verifyComplete();
			RecordingOutbox.Mail mail = SignUpTests.this.fixture.outbox().mails().get(0);
			assertThat(mail).isEqualTo(new RecordingOutbox.Mail(mail.subject(), "verification", mail.subject(), 1));
			assertThat(SignUpTests.this.fixture.outbox().wakes()).isEqualTo(1);
			StepVerifier.create(SignUpTests.this.fixture.signUpStore().find(mail.subject())).assertNext((signUp) -> {
				assertThat(signUp.email().value()).isEqualTo("Ann@example.test");
				assertThat(signUp.locale()).isEqualTo(Locale.GERMAN);
			}).verifyComplete();
		}

		@Test
		void doesTheSameForAnAddressWithALogin() {
			SignUpTests.this.fixture.aUser("ann@example.test");
			StepVerifier.create(request("ann@example.test", "192.0.2.1")).verifyComplete();
			assertThat(SignUpTests.this.fixture.outbox().mails()).hasSize(1);
		}

		@Test
		void isLimitedForAMailboxWhateverTheTagOfTheAddress() {
			for (int count = 0; count < 5; count++) {
				StepVerifier.create(request("ann+" + count + "@example.test", "192.0.2." + count)).verifyComplete();
			}
			Refusals.assertRefused(request("ann@example.test", "192.0.2.9"), ProblemCode.LIMIT_REACHED, (refusal) -> {
				assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMinutes(12));
				assertThat(Objects.requireNonNull(refusal.sentence()).message())
					.isEqualTo(DetailMessage.TOO_MANY_LINKS);
			});
			assertThat(SignUpTests.this.fixture.outbox().mails()).hasSize(5);
			assertThat(SignUpTests.this.fixture.outbox().wakes()).isEqualTo(5);
			assertThat(SignUpTests.this.fixture.signUpStore().size()).isEqualTo(5);
		}

		@Test
		void ofAStrangerDoesNotUseUpTheMailsOfTheOwner() {
			for (int count = 0; count < 3; count++) {
				StepVerifier.create(request("ann@example.test", SOURCE)).verifyComplete();
			}
			Refusals.assertRefused(request("ann@example.test", SOURCE), ProblemCode.LIMIT_REACHED);
			StepVerifier.create(request("ann@example.test", "192.0.2.2")).verifyComplete();
		}

		@Test
		void isLimitedForASource() {
			for (int count = 0; count < 8; count++) {
				StepVerifier.create(request("ann" + count + "@example.test", "192.0.2.1")).verifyComplete();
			}
			Refusals.assertRefused(request("bob@example.test", "192.0.2.1"), ProblemCode.LIMIT_REACHED);
			StepVerifier.create(request("bob@example.test", "192.0.2.2")).verifyComplete();
		}

		private Mono<Void> request(String address, String source) {
			return SignUpTests.this.fixture.signUpRequests().request(EmailAddress.of(address), Locale.GERMAN, source);
		}

	}

	@Nested
	class Confirmation {

		private final String token = SignUpTests.this.fixture.signUpToken("Ann@example.test");

		@Test
		void createsAUserWithTheLanguageOfTheSignUp() {
			StepVerifier.create(confirm(this.token, "  Ann Carter ", UserFixture.PASSWORD)).assertNext((user) -> {
				assertThat(user.email()).isEqualTo("Ann@example.test");
				assertThat(user.canonicalEmail()).isEqualTo("ann@example.test");
				assertThat(user.name()).isEqualTo("Ann Carter");
				assertThat(user.locale()).isEqualTo("de");
				assertThat(user.passwordHash()).isEqualTo("hash of " + UserFixture.PASSWORD);
			}).verifyComplete();
			assertThat(SignUpTests.this.fixture.userCount()).isEqualTo(1);
		}

		@Test
		void makesItsSourceKnown() {
			EmailAddress email = EmailAddress.of("ann@example.test");
			assertThat(SignUpTests.this.fixture.addressRateLimiter().isKnown(email, SOURCE)).isFalse();
			StepVerifier.create(confirm(this.token, "Ann", UserFixture.PASSWORD)).expectNextCount(1).verifyComplete();
			assertThat(SignUpTests.this.fixture.addressRateLimiter().isKnown(email, SOURCE)).isTrue();
		}

		@Test
		void worksOnceForEachLink() {
			StepVerifier.create(confirm(this.token, "Ann", UserFixture.PASSWORD)).expectNextCount(1).verifyComplete();
			Refusals.assertRefused(confirm(this.token, "Eve", UserFixture.PASSWORD), ProblemCode.USED);
		}

		@Test
		void isRefusedAfterTheLinkExpired() {
			SignUpTests.this.fixture.clock().letPass(Duration.ofHours(24));
			Refusals.assertRefused(confirm(this.token, "Ann", UserFixture.PASSWORD), ProblemCode.EXPIRED);
			assertThat(SignUpTests.this.fixture.userCount()).isZero();
		}

		@Test
		void ofASecondLinkDoesNotChangeTheLogin() {
			String second = SignUpTests.this.fixture.signUpToken("ann@example.test");
			StepVerifier.create(confirm(this.token, "Ann", UserFixture.PASSWORD)).expectNextCount(1).verifyComplete();
			Refusals.assertRefused(confirm(second, "Eve", "nine green herons"), ProblemCode.LOGIN_EXISTS);
			assertThat(SignUpTests.this.fixture.userCount()).isEqualTo(1);
		}

		@Test
		void ofAWeakPasswordLeavesTheLinkValidAndHashesNothing() {
			Refusals.assertRefused(confirm(this.token, "Ann", "password"), ProblemCode.WEAK_PASSWORD);
			StepVerifier.create(confirm(this.token, "Ann", UserFixture.PASSWORD)).expectNextCount(1).verifyComplete();
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "  ", "Ann\nCarter" })
		void ofAnInvalidNameIsRefusedFirst(String name) {
			assertThatThrownBy(() -> confirm("x", name, UserFixture.PASSWORD)).hasMessageStartingWith("invalid-field");
		}

		@Test
		void ofATokenThatIsNotGenuineIsRefused() {
			Refusals.assertRefused(confirm("x", "Ann", UserFixture.PASSWORD), ProblemCode.NOT_FOUND);
			Refusals.assertRefused(confirm(issue(LinkToken.Purpose.INVITATION), "Ann", UserFixture.PASSWORD),
					ProblemCode.NOT_FOUND);
		}

		@Test
		void ofASignUpThatWasPurgedIsRefused() {
			Refusals.assertRefused(confirm(issue(LinkToken.Purpose.VERIFICATION), "Ann", UserFixture.PASSWORD),
					ProblemCode.NOT_FOUND);
		}

		private Mono<User> confirm(String token, String name, String password) {
			return SignUpTests.this.fixture.signUpConfirmation().confirm(token, name, password, SOURCE);
		}

		private String issue(LinkToken.Purpose purpose) {
			UUID id = UUID.randomUUID();
			return SignUpTests.this.fixture.tokens().issue(purpose, id, id, 1).text();
		}

	}

}
