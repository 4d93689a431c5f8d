package dev.latchkey.session;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.mail.RecordingOutbox;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.Refusals;
import dev.latchkey.user.User;
import dev.latchkey.user.UserFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Password resets: in an hour, 4 mails for a mailbox, 2 of them from one source, and 5
 * requests from a source in 15 minutes.
 */
class PasswordResetTests {

	private static final String OWN_SOURCE = "192.0.2.1";

	private static final String NEW_PASSWORD = "nine green herons";

	private final SessionFixture fixture = new SessionFixture();

	private final User user = this.fixture.users().aUser("ann@example.test");

	@Nested
	class Request {

		@Test
		void enqueuesAMailForTheUserAndWakesTheRelay() {
			StepVerifier.create(request("Ann@Example.test", "192.0.2.1")).verifyComplete();
			RecordingOutbox.Mail mail = outbox().mails().get(0);
			assertThat(mail.shard()).isEqualTo(PasswordResetTests.this.user.id());
			assertThat(mail.type()).isEqualTo("password-reset");
			assertThat(mail.version()).isEqualTo(1);
			assertThat(outbox().wakes()).isEqualTo(1);
			StepVerifier
				.create(PasswordResetTests.this.fixture.resets()
					.find(PasswordResetTests.this.user.userId(), mail.subject()))
				.expectNext(PasswordResetStore.State.VALID)
				.verifyComplete();
		}

		/**
		 * The mail is never sent, because there is no user with its id.
		 */
		@Test
		void doesTheSameWorkForAnUnknownAddress() {
			StepVerifier.create(request("nobody@example.test", "192.0.2.1")).verifyComplete();
			RecordingOutbox.Mail mail = outbox().mails().get(0);
			assertThat(mail.type()).isEqualTo("password-reset");
			assertThat(outbox().wakes()).isEqualTo(1);
			StepVerifier.create(PasswordResetTests.this.fixture.resets().find(new UserId(mail.shard()), mail.subject()))
				.expectNext(PasswordResetStore.State.VALID)
				.verifyComplete();
			StepVerifier.create(PasswordResetTests.this.fixture.users().users().find(new UserId(mail.shard())))
				.verifyComplete();
		}

		@Test
		void isLimitedForAMailboxWhateverTheTagOfTheAddress() {
			useUpMailsOfUnknownSources();
			Refusals.assertRefused(request("ann+y@example.test", OWN_SOURCE), ProblemCode.LIMIT_REACHED, (refusal) -> {
				assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMinutes(15));
				assertThat(Objects.requireNonNull(refusal.sentence()).message())
					.isEqualTo(DetailMessage.TOO_MANY_LINKS);
			});
			assertThat(outbox().mails()).hasSize(4);
			assertThat(outbox().wakes()).isEqualTo(4);
			PasswordResetTests.this.fixture.clock().letPass(Duration.ofMinutes(15));
			StepVerifier.create(request("ann@example.test", OWN_SOURCE)).verifyComplete();
		}

		@Test
		void ofAStrangerDoesNotUseUpTheMailsOfTheOwner() {
			for (int count = 0; count < 5; count++) {
				request("ann@example.test", "198.51.100.1").onErrorComplete().block();
			}
			StepVerifier.create(request("ann@example.test", OWN_SOURCE)).verifyComplete();
		}

		@Test
		void fromAKnownSourceIsNotLimitedByThoseOfManyStrangers() {
			signInFrom(OWN_SOURCE, UserFixture.PASSWORD);
			useUpMailsOfUnknownSources();
			StepVerifier.create(request("ann@example.test", OWN_SOURCE)).verifyComplete();
			StepVerifier.create(request("ann@example.test", OWN_SOURCE)).verifyComplete();
			Refusals.assertRefused(request("ann@example.test", OWN_SOURCE), ProblemCode.LIMIT_REACHED);
		}

		@Test
		void isLimitedForASource() {
			for (String name : List.of("a", "b", "c", "d", "e")) {
				StepVerifier.create(request(name + "@example.test", "192.0.2.1")).verifyComplete();
			}
			Refusals.assertRefused(request("f@example.test", "192.0.2.1"), ProblemCode.LIMIT_REACHED);
			StepVerifier.create(request("f@example.test", "192.0.2.2")).verifyComplete();
		}

		private void useUpMailsOfUnknownSources() {
			for (int source = 0; source < 4; source++) {
				StepVerifier.create(request("ann+" + source + "@example.test", "198.51.100." + source))
					.verifyComplete();
			}
		}

		private Mono<Void> request(String address, String source) {
			return PasswordResetTests.this.fixture.passwordResetRequests().request(EmailAddress.of(address), source);
		}

	}

	@Nested
	class Confirmation {

		private final String token = PasswordResetTests.this.fixture.resetToken("ann@example.test");

		@Test
		void setsThePasswordAndEndsAllSessions() {
			SessionToken open = PasswordResetTests.this.fixture.tokenOf(PasswordResetTests.this.user);
			Caller caller = PasswordResetTests.this.fixture.callerOf(open);
			StepVerifier.create(confirm(this.token, NEW_PASSWORD)).verifyComplete();
			StepVerifier.create(PasswordResetTests.this.fixture.sessions().find(open)).verifyComplete();
			assertThat(PasswordResetTests.this.fixture.endings().hasEnded(caller.session())).isTrue();
			assertPassword(NEW_PASSWORD);
		}

		@Test
		void admitsTheSourceWhateverOthersHaveTried() {
			for (int count = 0; count < 12; count++) {
				PasswordResetTests.this.fixture.signIn()
					.signIn(PasswordResetTests.this.user.address(), "a wrong password", "198.51.100." + count % 4)
					.onErrorComplete()
					.block();
			}
			for (int count = 0; count < 3; count++) {
				PasswordResetTests.this.fixture.signIn()
					.signIn(PasswordResetTests.this.user.address(), "a forgotten password", OWN_SOURCE)
					.onErrorComplete()
					.block();
			}
			StepVerifier.create(confirm(this.token, NEW_PASSWORD)).verifyComplete();
			signInFrom(OWN_SOURCE, NEW_PASSWORD);
		}

		@Test
		void forgetsWrongConfirmationsOfThePassword() {
			SignIn signIn = PasswordResetTests.this.fixture.signIn();
			Caller caller = PasswordResetTests.this.fixture
				.callerOf(PasswordResetTests.this.fixture.tokenOf(PasswordResetTests.this.user));
			for (int count = 0; count < 4; count++) {
				signIn.confirmPassword(caller, "a wrong password").onErrorComplete().block();
			}
			StepVerifier.create(confirm(this.token, NEW_PASSWORD)).verifyComplete();
			StepVerifier.create(signIn.confirmPassword(caller, NEW_PASSWORD)).verifyComplete();
		}

		@Test
		void worksOnceForEachLink() {
			StepVerifier.create(confirm(this.token, NEW_PASSWORD)).verifyComplete();
			Refusals.assertRefused(confirm(this.token, "three blue badgers"), ProblemCode.USED);
			assertPassword(NEW_PASSWORD);
		}

		@Test
		void usesAllLinksOfTheUser() {
			String later = PasswordResetTests.this.fixture.resetToken("ann@example.test");
			StepVerifier.create(confirm(this.token, NEW_PASSWORD)).verifyComplete();
			Refusals.assertRefused(confirm(later, "three blue badgers"), ProblemCode.USED);
		}

		@Test
		void isRefusedAfterTheLinkExpired() {
			PasswordResetTests.this.fixture.clock().letPass(Duration.ofHours(1));
			Refusals.assertRefused(confirm(this.token, NEW_PASSWORD), ProblemCode.EXPIRED);
			assertPassword(UserFixture.PASSWORD);
		}

		@Test
		void ofAWeakPasswordLeavesTheLinkValid() {
			Refusals.assertRefused(confirm(this.token, "password"), ProblemCode.WEAK_PASSWORD);
			Refusals.assertRefused(confirm(this.token, "ann@example"), ProblemCode.WEAK_PASSWORD);
			StepVerifier.create(confirm(this.token, NEW_PASSWORD)).verifyComplete();
		}

		@Test
		void ofATokenThatIsNotGenuineIsRefused() {
			Refusals.assertRefused(confirm("x", NEW_PASSWORD), ProblemCode.NOT_FOUND);
			Refusals.assertRefused(confirm(issue(LinkToken.Purpose.VERIFICATION), NEW_PASSWORD), ProblemCode.NOT_FOUND);
		}

		@Test
		void ofAResetThatWasPurgedIsRefused() {
			Refusals.assertRefused(confirm(issue(LinkToken.Purpose.PASSWORD_RESET), NEW_PASSWORD),
					ProblemCode.NOT_FOUND);
		}

		private Mono<Void> confirm(String token, String password) {
			return PasswordResetTests.this.fixture.passwordResetConfirmation().confirm(token, password, OWN_SOURCE);
		}

		private String issue(LinkToken.Purpose purpose) {
			return PasswordResetTests.this.fixture.users()
				.tokens()
				.issue(purpose, PasswordResetTests.this.user.id(), UUID.randomUUID(), 1)
				.text();
		}

		private void assertPassword(String password) {
			signInFrom("192.0.2.9", password);
		}

	}

	private void signInFrom(String source, String password) {
		StepVerifier.create(this.fixture.signIn().signIn(this.user.address(), password, source))
			.expectNextCount(1)
			.verifyComplete();
	}

	private RecordingOutbox outbox() {
		return this.fixture.users().outbox();
	}

}
