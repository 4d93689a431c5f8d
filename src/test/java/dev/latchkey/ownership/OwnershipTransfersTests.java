package dev.latchkey.ownership;

import java.util.Map;
import java.util.UUID;

import dev.latchkey.account.AccountBuilder;
import dev.latchkey.account.AccountFixture;
import dev.latchkey.account.Member;
import dev.latchkey.account.MemberBuilder;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static dev.latchkey.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of the checks, and which event and mail each step of a transfer causes.
 */
class OwnershipTransfersTests {

	private static final AccountId ACCOUNT = new AccountId(UUID.randomUUID());

	private final Member owner = MemberBuilder.of(ACCOUNT).owner().build();

	private final Member newOwner = MemberBuilder.of(ACCOUNT).build();

	private final Member other = MemberBuilder.of(ACCOUNT).build();

	private final Member stranger = MemberBuilder.of(ACCOUNT).build();

	private final OwnershipFixture fixture = new OwnershipFixture(AccountFixture.create()
		.store(AccountBuilder.anAccount().id(ACCOUNT).build(), this.owner, this.newOwner, this.other));

	private final OwnershipTransfers transfers = this.fixture.transfers();

	@BeforeEach
	void setTheOwner() {
		this.fixture.lockedOwner(this.owner);
	}

	@Nested
	class Offer {

		@Test
		void isLoggedAndMailedInOneTransactionAndAnnouncedAfterwards() {
			StepVerifier
				.create(offer(OwnershipTransfersTests.this.owner, OwnershipTransfersTests.this.newOwner,
						OwnershipFixture.PASSWORD))
				.verifyComplete();
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly("confirm password", "begin",
					"lock as owner", "offer to " + OwnershipTransfersTests.this.newOwner.user(),
					"log 12 ownership.offered by " + OwnershipTransfersTests.this.owner.user() + " about "
							+ OwnershipTransfersTests.this.newOwner.user(),
					"queue mail of offer 3", "commit", "notify " + ACCOUNT, "send mails");
		}

		@Test
		void requiresTheRightPasswordBeforeItLocksTheAccount() {
			assertRefused(offer(OwnershipTransfersTests.this.owner, OwnershipTransfersTests.this.newOwner, "guess"),
					ProblemCode.INVALID_FIELD, Map.of("field", "password"));
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly("confirm password");
		}

		@Test
		void isForTheOwnerOnlyAndChecksNoPasswordForOthers() {
			assertRefused(offer(OwnershipTransfersTests.this.other, OwnershipTransfersTests.this.newOwner,
					OwnershipFixture.PASSWORD), ProblemCode.OWNER_ONLY);
			assertRefused(offer(OwnershipTransfersTests.this.stranger, OwnershipTransfersTests.this.newOwner,
					OwnershipFixture.PASSWORD), ProblemCode.NOT_FOUND);
			assertThat(OwnershipTransfersTests.this.fixture.calls()).isEmpty();
		}

		@Test
		void isForAnotherMemberOnlyAndChecksNoPasswordOtherwise() {
			assertRefused(offer(OwnershipTransfersTests.this.owner, OwnershipTransfersTests.this.owner,
					OwnershipFixture.PASSWORD), ProblemCode.OWNER_IMMUTABLE);
			assertRefused(offer(OwnershipTransfersTests.this.owner, OwnershipTransfersTests.this.stranger,
					OwnershipFixture.PASSWORD), ProblemCode.NOT_FOUND);
			assertThat(OwnershipTransfersTests.this.fixture.calls()).isEmpty();
		}

		@Test
		void isRolledBackIfTheAccountHasAnotherOwnerWhenItIsLocked() {
			OwnershipTransfersTests.this.fixture.lockedOwner(OwnershipTransfersTests.this.other);
			assertRefused(offer(OwnershipTransfersTests.this.owner, OwnershipTransfersTests.this.newOwner,
					OwnershipFixture.PASSWORD), ProblemCode.OWNER_ONLY);
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly("confirm password", "begin",
					"lock as owner", "roll back");
		}

		private Mono<Void> offer(Member caller, Member target, String password) {
			return OwnershipTransfersTests.this.transfers.offer(ACCOUNT, AccountFixture.caller(caller), target.user(),
					password);
		}

	}

	@Nested
	class EndOffer {

		@BeforeEach
		void openAnOffer() {
			OwnershipTransfersTests.this.fixture.openOffer(OwnershipTransfersTests.this.owner,
					OwnershipTransfersTests.this.newOwner);
		}

		@Test
		void byTheOwnerWithdrawsIt() {
			StepVerifier.create(endOffer(OwnershipTransfersTests.this.owner)).verifyComplete();
			assertEnded("ownership.withdrawn", OwnershipTransfersTests.this.owner);
		}

		@Test
		void byTheNewOwnerDeclinesIt() {
			StepVerifier.create(endOffer(OwnershipTransfersTests.this.newOwner)).verifyComplete();
			assertEnded("ownership.declined", OwnershipTransfersTests.this.newOwner);
		}

		@Test
		void findsNothingForAUserWhoIsNotAParty() {
			assertRefused(endOffer(OwnershipTransfersTests.this.other), ProblemCode.NOT_FOUND);
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly("begin", "lock as party",
					"roll back");
		}

		private Mono<Void> endOffer(Member caller) {
			return OwnershipTransfersTests.this.transfers.endOffer(ACCOUNT, caller.user());
		}

		private void assertEnded(String eventType, Member actor) {
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly("begin", "lock as party",
					"end offer", "log 12 " + eventType + " by " + actor.user() + " about "
							+ OwnershipTransfersTests.this.newOwner.user(),
					"commit", "notify " + ACCOUNT);
		}

	}

	@Nested
	class Accept {

		@Test
		void transfersTheAccountAndMailsThePreviousOwner() {
			Member owner = OwnershipTransfersTests.this.owner;
			Member newOwner = OwnershipTransfersTests.this.newOwner;
			OwnershipTransfersTests.this.fixture.openOffer(owner, newOwner);
			StepVerifier.create(accept(newOwner)).verifyComplete();
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly("begin", "lock as party",
					"transfer from " + owner.user() + " to " + newOwner.user(),
					"log 12 ownership.transferred by " + newOwner.user() + " about " + owner.user(),
					"queue mail to " + owner.user() + " about offer 3", "commit", "notify " + ACCOUNT, "send mails");
		}

		@Test
		void isNotForTheOwnerWhoMadeTheOffer() {
			OwnershipTransfersTests.this.fixture.openOffer(OwnershipTransfersTests.this.owner,
					OwnershipTransfersTests.this.newOwner);
			assertRefused(accept(OwnershipTransfersTests.this.owner), ProblemCode.NOT_FOUND);
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly("begin", "lock as party",
					"roll back");
		}

		@Test
		void findsNothingWithoutAnOpenOffer() {
			assertRefused(accept(OwnershipTransfersTests.this.newOwner), ProblemCode.NOT_FOUND);
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly("begin", "lock as party",
					"lock as owner", "roll back");
		}

		@Test
		void byTheOwnerWhoHasAcceptedChangesNothing() {
			OwnershipTransfersTests.this.fixture.lockedOwner(OwnershipTransfersTests.this.newOwner);
			StepVerifier.create(accept(OwnershipTransfersTests.this.newOwner)).verifyComplete();
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly("begin", "lock as party",
					"lock as owner", "commit");
		}

		private Mono<Void> accept(Member caller) {
			return OwnershipTransfersTests.this.transfers.accept(ACCOUNT, caller.user());
		}

	}

}
