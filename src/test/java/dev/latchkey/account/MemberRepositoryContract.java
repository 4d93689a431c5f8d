package dev.latchkey.account;

import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/**
 * What every {@link MemberRepository} does.
 */
interface MemberRepositoryContract {

	MemberRepository repository();

	/**
	 * Stores a member and, if it is the first one, the account.
	 */
	void save(Member member);

	@Test
	default void findsAMemberWithAllItsData() {
		Member member = MemberBuilder.of(anAccount())
			.named("Zoë", "Zoe@example.test")
			.with("domains", "profile")
			.version(7)
			.number(3)
			.build();
		save(member);
		StepVerifier.create(repository().find(member.account(), member.user())).expectNext(member).verifyComplete();
	}

	@Test
	default void findsAMemberWithoutPermissions() {
		Member member = MemberBuilder.of(anAccount()).with().build();
		save(member);
		StepVerifier.create(repository().find(member.account(), member.user())).expectNext(member).verifyComplete();
	}

	@Test
	default void findsAUserOnlyInTheAccountOfTheMembership() {
		Member member = MemberBuilder.of(anAccount()).build();
		Member elsewhere = MemberBuilder.of(anAccount()).user(member.user()).with("quotes").build();
		save(member);
		save(elsewhere);
		StepVerifier.create(repository().find(elsewhere.account(), member.user()))
			.expectNext(elsewhere)
			.verifyComplete();
		StepVerifier.create(repository().find(anAccount(), member.user())).verifyComplete();
	}

	@Test
	default void doesNotFindAUserWhoIsNotAMember() {
		Member member = MemberBuilder.of(anAccount()).build();
		save(member);
		StepVerifier.create(repository().find(member.account(), new UserId(UUID.randomUUID()))).verifyComplete();
	}

	@Test
	default void findsTheOwnerAmongTheMembers() {
		AccountId account = anAccount();
		Member owner = MemberBuilder.of(account).named("Olga", "olga@example.test").owner().build();
		save(MemberBuilder.of(account).named("Ann", "ann@example.test").build());
		save(owner);
		save(MemberBuilder.of(anAccount()).owner().build());
		StepVerifier.create(repository().findOwner(account)).expectNext(owner).verifyComplete();
	}

	@Test
	default void findsNoOwnerOfAnUnknownAccount() {
		StepVerifier.create(repository().findOwner(anAccount())).verifyComplete();
	}

	private static AccountId anAccount() {
		return new AccountId(UUID.randomUUID());
	}

}
