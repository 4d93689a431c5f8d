package dev.latchkey.invitation;

import java.util.List;

import dev.latchkey.invitation.NewUserAcceptance.NewMember;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.ratelimit.RateLimit;
import dev.latchkey.session.SessionFixture;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.Refusals;
import dev.latchkey.user.User;
import dev.latchkey.user.UserFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static dev.latchkey.invitation.InvitationBuilder.ACCOUNT;
import static dev.latchkey.invitation.InvitationBuilder.anInvitation;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new user repeats an acceptance, with a name and a password. The login exists by then.
 * Three wrong passwords for an address from one source are allowed, as in
 * {@link dev.latchkey.session.SignInTests}.
 */
class RepeatedAcceptanceTests {

	private static final String ADDRESS = "kim@example.com";

	private static final String SOURCE = "192.0.2.1";

	private static final String WRONG = "a wrong password";

	private final TestInvitations invitations = new TestInvitations();

	private final SessionFixture logins = new SessionFixture();

	private final NewUserAcceptance acceptance = this.invitations.newUserAcceptance(this.logins);

	private final User kim = this.logins.users().aUser(ADDRESS);

	@Nested
	class OfAMember {

		private final Invitation invitation = RepeatedAcceptanceTests.this.invitations
			.add(anInvitation().tokenVersion(2).acceptedBy(RepeatedAcceptanceTests.this.kim.userId()));

		@BeforeEach
		void join() {
			RepeatedAcceptanceTests.this.invitations.addMember(RepeatedAcceptanceTests.this.kim.userId(), "quotes");
		}

		@Test
		void withTheRightPasswordReturnsTheMembershipAndChangesNothing() {
			StepVerifier.create(accept(this.invitation, 2, UserFixture.PASSWORD))
				.expectNext(new NewMember(RepeatedAcceptanceTests.this.kim,
						new Membership(ACCOUNT, this.invitation.id(), PermissionSet.ofKeys(List.of("quotes")))))
				.verifyComplete();
			assertThat(RepeatedAcceptanceTests.this.invitations.commands()).isEmpty();
			assertThat(RepeatedAcceptanceTests.this.invitations.notified()).isEmpty();
			assertThat(RepeatedAcceptanceTests.this.logins.users().userCount()).isOne();
			assertThat(RepeatedAcceptanceTests.this.logins.users()
				.addressRateLimiter()
				.isKnown(EmailAddress.of(ADDRESS), SOURCE)).isTrue();
			assertThat(attemptsFromSource()).isZero();
		}

		@Test
		void canUseTheLinkOfAnEarlierMail() {
			StepVerifier.create(accept(this.invitation, 1, UserFixture.PASSWORD)).expectNextCount(1).verifyComplete();
		}

		@Test
		void withAnotherPasswordIsRefusedAndCountsAsAFailedSignIn() {
			for (int count = 0; count < 3; count++) {
				Refusals.assertRefused(accept(this.invitation, 2, WRONG), ProblemCode.USED,
						(refusal) -> assertThat(refusal.properties()).isEmpty());
			}
			assertThat(attemptsFromSource()).isEqualTo(3);
			Refusals.assertRefused(accept(this.invitation, 2, UserFixture.PASSWORD), ProblemCode.LIMIT_REACHED,
					(refusal) -> assertThat(refusal.retryAfter()).isPositive());
			Refusals.assertRefused(RepeatedAcceptanceTests.this.logins.signIn()
				.signIn(EmailAddress.of(ADDRESS), UserFixture.PASSWORD, SOURCE), ProblemCode.LIMIT_REACHED);
		}

	}

	@Nested
	class OfAFormerMember {

		@Test
		void isRefusedButChecksThePasswordAsForAMember() {
			Invitation invitation = RepeatedAcceptanceTests.this.invitations
				.add(anInvitation().acceptedBy(RepeatedAcceptanceTests.this.kim.userId()));
			Refusals.assertRefused(accept(invitation, 1, UserFixture.PASSWORD), ProblemCode.USED);
			Refusals.assertRefused(accept(invitation, 1, WRONG), ProblemCode.USED);
			assertThat(RepeatedAcceptanceTests.this.logins.users().encoder().comparedHashes()).hasSize(2);
			assertThat(attemptsFromSource()).isOne();
		}

	}

	@Nested
	class WithoutAFirstAcceptance {

		@Test
		void isRefusedBecauseTheLoginExists() {
			assertRefusedWithoutSignIn(anInvitation(), ProblemCode.LOGIN_EXISTS);
		}

		@Test
		void isRefusedAfterADecline() {
			assertRefusedWithoutSignIn(anInvitation().declined("No"), ProblemCode.USED);
		}

		@Test
		void isRefusedAfterARevoke() {
			assertRefusedWithoutSignIn(anInvitation().status(InvitationStatus.REVOKED), ProblemCode.REVOKED);
		}

		private void assertRefusedWithoutSignIn(InvitationBuilder builder, ProblemCode code) {
			Invitation invitation = RepeatedAcceptanceTests.this.invitations.add(builder);
			Refusals.assertRefused(accept(invitation, 1, UserFixture.PASSWORD), code);
			assertThat(RepeatedAcceptanceTests.this.logins.users().encoder().comparedHashes()).isEmpty();
			assertThat(attemptsFromSource()).isZero();
		}

	}

	private Mono<NewMember> accept(Invitation invitation, int version, String password) {
		return this.acceptance.accept(this.invitations.link(invitation, version).text(), "Kim", password, SOURCE);
	}

	private int attemptsFromSource() {
		return this.logins.users().rateLimiter().attempts(RateLimit.SIGN_IN_SOURCE, SOURCE);
	}

}
