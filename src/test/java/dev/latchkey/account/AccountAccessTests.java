package dev.latchkey.account;

import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static dev.latchkey.testing.Refusals.assertRefused;

/**
 * A stranger cannot find out whether an account exists; a member is told that an action
 * is reserved to the owner.
 */
class AccountAccessTests {

	private static final UserId STRANGER = new UserId(UUID.randomUUID());

	private final Account account = AccountBuilder.anAccount().build();

	private final AccountId id = this.account.id();

	private final Member owner = MemberBuilder.of(this.id).owner().build();

	private final Member member = MemberBuilder.of(this.id).build();

	private final AccountAccess access = AccountFixture.create().store(this.account, this.owner, this.member).access();

	@Nested
	class RequireMember {

		@Test
		void returnsTheMember() {
			AccountAccess access = AccountAccessTests.this.access;
			Member member = AccountAccessTests.this.member;
			StepVerifier.create(access.requireMember(member.account(), member.user()))
				.expectNext(member)
				.verifyComplete();
		}

		@Test
		void findsNothingForAStranger() {
			assertRefused(AccountAccessTests.this.access.requireMember(AccountAccessTests.this.id, STRANGER),
					ProblemCode.NOT_FOUND);
		}

		@Test
		void findsNothingInAnAccountThatDoesNotExist() {
			assertRefused(AccountAccessTests.this.access.requireMember(new AccountId(UUID.randomUUID()),
					AccountAccessTests.this.owner.user()), ProblemCode.NOT_FOUND);
		}

	}

	@Nested
	class RequireOwner {

		@Test
		void returnsTheOwner() {
			Member owner = AccountAccessTests.this.owner;
			StepVerifier.create(AccountAccessTests.this.access.requireOwner(owner.account(), owner.user()))
				.expectNext(owner)
				.verifyComplete();
		}

		@Test
		void tellsAnotherMemberThatOnlyTheOwnerMay() {
			Member member = AccountAccessTests.this.member;
			assertRefused(AccountAccessTests.this.access.requireOwner(member.account(), member.user()),
					ProblemCode.OWNER_ONLY);
		}

		@Test
		void findsNothingForAStranger() {
			assertRefused(AccountAccessTests.this.access.requireOwner(AccountAccessTests.this.id, STRANGER),
					ProblemCode.NOT_FOUND);
		}

	}

	@Nested
	class RequireReader {

		@Test
		void completesForTheOwner() {
			Member owner = AccountAccessTests.this.owner;
			StepVerifier.create(AccountAccessTests.this.access.requireReader(owner.account(), owner.user()))
				.verifyComplete();
		}

		@Test
		void refusesOthersLikeRequireOwner() {
			Member member = AccountAccessTests.this.member;
			assertRefused(AccountAccessTests.this.access.requireReader(member.account(), member.user()),
					ProblemCode.OWNER_ONLY);
			assertRefused(AccountAccessTests.this.access.requireReader(member.account(), STRANGER),
					ProblemCode.NOT_FOUND);
		}

	}

}
