package dev.latchkey.session;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.mail.RecordingOutbox;
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
 * Password resets: 2 mails for a mailbox in an hour, and 5 requests from a source in 15
 * minutes.
 */
class PasswordResetTests {

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
			StepVerifier.create(request("ann@example.test", "192.0.2.1")).verifyComplete();
			StepVerifier.create(request("ann+x@example.test", "192.0.2.2")).verifyComplete();
			Refusals.assertRefused(request("ann+y@example.test", "192.0.2.3"), ProblemCode.LIMIT_REACHED);
			assertThat(outbox().mails()).hasSize(2);
			assertThat(outbox().wakes()).isEqualTo(2);
			PasswordResetTests.this.fixture.clock().letPass(Duration.ofHours(1));
			StepVerifier.create(request("ann@example.test", "192.0.2.1")).verifyComplete();
		}

		@Test
		void isLimitedForASource() {
			for (String name : List.of("a", "b", "c", "d", "e")) {
				StepVerifier.create(request(name + "@example.test", "192.0.2.1")).verifyComplete();
			}
			Refusals.assertRefused(request("f@example.test", "192.0.2.1"), ProblemCode.LIMIT_REACHED);
			StepVerifier.create(request("f@example.test", "192.0.2.2")).verifyComplete();
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
			return PasswordResetTests.this.fixture.passwordResetConfirmation().confirm(token, password);
		}

		private String issue(LinkToken.Purpose purpose) {
			return PasswordResetTests.this.fixture.users()
				.tokens()
				.issue(purpose, PasswordResetTests.this.user.id(), UUID.randomUUID(), 1)
				.text();
		}

		private void assertPassword(String password) {
			StepVerifier
				.create(PasswordResetTests.this.fixture.signIn()
					.signIn(PasswordResetTests.this.user.address(), password, "192.0.2.9"))
				.expectNextCount(1)
				.verifyComplete();
		}

	}

	private RecordingOutbox outbox() {
		return this.fixture.users().outbox();
	}

}
