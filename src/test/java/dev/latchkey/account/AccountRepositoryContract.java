package dev.latchkey.account;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link AccountRepository} does.
 */
interface AccountRepositoryContract {

	AccountRepository repository();

	/**
	 * Stores an account.
	 * @param account the account as its owner sees it
	 */
	void save(Account account, List<Member> members);

	@Test
	default void findsAnAccountAsItsOwnerSeesIt() {
		Account account = AccountBuilder.anAccount()
			.named("Søns & Co")
			.locale("de-AT")
			.validityDays(14)
			.memberCount(5)
			.build();
		Member owner = MemberBuilder.of(account.id()).owner().build();
		save(account, List.of(owner));
		StepVerifier.create(repository().find(account.id(), owner.user())).expectNext(account).verifyComplete();
	}

	@Test
	default void tellsOtherMembersThatTheyAreNotTheOwner() {
		Account account = AccountBuilder.anAccount().memberCount(2).build();
		Member owner = MemberBuilder.of(account.id()).owner().build();
		Member member = MemberBuilder.of(account.id()).build();
		save(account, List.of(owner, member));
		StepVerifier.create(repository().find(account.id(), member.user())).assertNext((found) -> {
			assertThat(found).usingRecursiveComparison().ignoringFields("ownedByReader").isEqualTo(account);
			assertThat(found.ownedByReader()).isFalse();
		}).verifyComplete();
	}

	@Test
	default void findsAnAccountForItsMembersOnly() {
		Account account = AccountBuilder.anAccount().build();
		Member owner = MemberBuilder.of(account.id()).owner().build();
		save(account, List.of(owner));
		StepVerifier.create(repository().find(account.id(), new UserId(UUID.randomUUID()))).verifyComplete();
		StepVerifier.create(repository().find(new AccountId(UUID.randomUUID()), owner.user())).verifyComplete();
	}

	@Test
	default void listsTheAccountsOfAUserOldestFirst() {
		Instant created = Instant.parse("2026-05-01T00:00:00Z");
		Account newer = AccountBuilder.anAccount().named("Newer").createdAt(created.plusSeconds(1)).build();
		Account older = AccountBuilder.anAccount().named("Older").createdAt(created).build();
		Account foreign = AccountBuilder.anAccount().named("Foreign").createdAt(created).build();
		Member member = MemberBuilder.of(newer.id()).build();
		save(newer, List.of(member));
		save(older, List.of(MemberBuilder.of(older.id()).user(member.user()).owner().build()));
		save(foreign, List.of(MemberBuilder.of(foreign.id()).owner().build()));
		StepVerifier.create(repository().findAll(member.user()).map(Account::name))
			.expectNext("Older", "Newer")
			.verifyComplete();
		StepVerifier.create(repository().findAll(new UserId(UUID.randomUUID()))).verifyComplete();
	}

	@Test
	default void showsAnOpenOfferToItsTwoPartiesOnly() {
		AccountId id = new AccountId(UUID.randomUUID());
		Member owner = MemberBuilder.of(id).named("Olga", "olga@example.test").owner().build();
		Member newOwner = MemberBuilder.of(id).named("Nina", "nina@example.test").build();
		Member other = MemberBuilder.of(id).build();
		Account account = AccountBuilder.anAccount().id(id).offeredTo(newOwner, now().plus(Duration.ofDays(1))).build();
		save(account, List.of(owner, newOwner, other));
		for (Member party : List.of(owner, newOwner)) {
			StepVerifier.create(repository().find(id, party.user()))
				.assertNext((found) -> assertThat(found.offer()).isNotNull().isEqualTo(account.offer()))
				.verifyComplete();
		}
		StepVerifier.create(repository().find(id, other.user()))
			.assertNext((found) -> assertThat(found.offer()).isNull())
			.verifyComplete();
	}

	@Test
	default void hidesAnExpiredOffer() {
		AccountId id = new AccountId(UUID.randomUUID());
		Member owner = MemberBuilder.of(id).owner().build();
		Member newOwner = MemberBuilder.of(id).build();
		Instant past = now().minus(Duration.ofDays(1));
		save(AccountBuilder.anAccount().id(id).offeredTo(newOwner, past).build(), List.of(owner, newOwner));
		for (Member party : List.of(owner, newOwner)) {
			StepVerifier.create(repository().find(id, party.user()))
				.assertNext((found) -> assertThat(found.offer()).isNull())
				.verifyComplete();
		}
	}

	/**
	 * The database stores microseconds.
	 */
	private static Instant now() {
		return Instant.now().truncatedTo(ChronoUnit.MICROS);
	}

}
