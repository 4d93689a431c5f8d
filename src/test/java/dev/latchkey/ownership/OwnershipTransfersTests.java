package dev.latchkey.ownership;

import java.util.Map;
import java.util.UUID;

import dev.latchkey.account.AccountBuilder;
import dev.latchkey.account.AccountFixture;
import dev.latchkey.account.Member;
import dev.latchkey.account.MemberBuilder;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static dev.latchkey.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of the checks before an offer, and what is announced after each step.
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

	@Nested
	class Offer {

		@Test
		void isWrittenAfterThePasswordCheckAndThenAnnounced() {
			StepVerifier
				.create(offer(OwnershipTransfersTests.this.owner, OwnershipTransfersTests.this.newOwner,
						OwnershipFixture.PASSWORD))
				.verifyComplete();
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly("confirm password", "offer to "
					+ OwnershipTransfersTests.this.newOwner.user() + " as " + OwnershipTransfersTests.this.owner.user(),
					"notify " + ACCOUNT, "wake relay");
		}

		@Test
		void requiresTheRightPassword() {
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
		void isNotAnnouncedIfTheCommandIsRefused() {
			OwnershipTransfersTests.this.fixture.commandsAreRefused(ProblemCode.OWNER_ONLY);
			assertRefused(offer(OwnershipTransfersTests.this.owner, OwnershipTransfersTests.this.newOwner,
					OwnershipFixture.PASSWORD), ProblemCode.OWNER_ONLY);
			assertThat(OwnershipTransfersTests.this.fixture.calls()).hasSize(2).last().asString().startsWith("offer");
		}

		private Mono<Void> offer(Member caller, Member target, String password) {
			return OwnershipTransfersTests.this.transfers.offer(ACCOUNT, AccountFixture.caller(caller), target.user(),
					password);
		}

	}

	@Nested
	class EndOffer {

		@Test
		void isAnnouncedWithoutMail() {
			StepVerifier.create(endOffer()).verifyComplete();
			assertThat(OwnershipTransfersTests.this.fixture.calls())
				.containsExactly("end offer as " + OwnershipTransfersTests.this.owner.user(), "notify " + ACCOUNT);
		}

		@Test
		void isNotAnnouncedIfTheCommandIsRefused() {
			OwnershipTransfersTests.this.fixture.commandsAreRefused(ProblemCode.NOT_FOUND);
			assertRefused(endOffer(), ProblemCode.NOT_FOUND);
			assertThat(OwnershipTransfersTests.this.fixture.calls()).hasSize(1);
		}

		private Mono<Void> endOffer() {
			return OwnershipTransfersTests.this.transfers.endOffer(ACCOUNT, OwnershipTransfersTests.this.owner.user());
		}

	}

	@Nested
	class Accept {

		private final String call = "accept as " + OwnershipTransfersTests.this.newOwner.user();

		@Test
		void isAnnouncedWithItsMail() {
			StepVerifier.create(accept()).verifyComplete();
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly(this.call, "notify " + ACCOUNT,
					"wake relay");
		}

		@Test
		void isNotAnnouncedAgain() {
			OwnershipTransfersTests.this.fixture.commandsAreRepeated();
			StepVerifier.create(accept()).verifyComplete();
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly(this.call);
		}

		@Test
		void isNotAnnouncedIfTheCommandIsRefused() {
			OwnershipTransfersTests.this.fixture.commandsAreRefused(ProblemCode.NOT_FOUND);
			assertRefused(accept(), ProblemCode.NOT_FOUND);
			assertThat(OwnershipTransfersTests.this.fixture.calls()).containsExactly(this.call);
		}

		private Mono<Void> accept() {
			return OwnershipTransfersTests.this.transfers.accept(ACCOUNT, OwnershipTransfersTests.this.newOwner.user());
		}

	}

}
