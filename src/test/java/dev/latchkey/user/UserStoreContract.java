package dev.latchkey.user;

import java.util.Locale;
import java.util.UUID;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every store of users does.
 */
interface UserStoreContract {

	UserStore store();

	@Test
	default void findsAUserByItsIdWithAllFields() {
		User user = insert("Ann." + UUID.randomUUID() + "@Example.test");
		StepVerifier.create(store().find(user.userId()))
			.assertNext(
					(found) -> assertThat(found).usingRecursiveComparison().ignoringFields("createdAt").isEqualTo(user))
			.verifyComplete();
	}

	@Test
	default void findsAUserByAnySpellingOfItsAddress() {
		String local = "Ann." + UUID.randomUUID();
		User user = insert(local + "@Example.test");
		EmailAddress spelling = EmailAddress.of(local.toUpperCase(Locale.ROOT) + "@EXAMPLE.TEST");
		StepVerifier.create(store().find(spelling).map(User::id)).expectNext(user.id()).verifyComplete();
		assertThat(user.email()).isEqualTo(local + "@example.test");
	}

	@Test
	default void findsNoUserForAnUnknownIdOrAddress() {
		StepVerifier.create(store().find(new UserId(UUID.randomUUID()))).verifyComplete();
		StepVerifier.create(store().find(EmailAddress.of(UUID.randomUUID() + "@example.test"))).verifyComplete();
	}

	@Test
	default void refusesASecondUserWithTheSameAddressInAnotherCase() {
		String local = "ann." + UUID.randomUUID();
		User first = insert(local + "@example.test");
		StepVerifier.create(store().insert(user(local.toUpperCase(Locale.ROOT) + "@example.test")))
			.verifyErrorMatches(
					(error) -> error instanceof DomainException refusal && refusal.code() == ProblemCode.LOGIN_EXISTS);
		StepVerifier.create(store().find(first.address()).map(User::id)).expectNext(first.id()).verifyComplete();
	}

	@Test
	default void changesThePasswordOfOneUserOnly() {
		User user = insert(UUID.randomUUID() + "@example.test");
		User other = insert(UUID.randomUUID() + "@example.test");
		StepVerifier.create(store().changePassword(user.userId(), "another hash")).verifyComplete();
		StepVerifier.create(store().find(user.userId()).map(User::passwordHash))
			.expectNext("another hash")
			.verifyComplete();
		StepVerifier.create(store().find(other.userId()).map(User::passwordHash)).expectNext("a hash").verifyComplete();
	}

	@Test
	default void changingThePasswordOfAnUnknownUserDoesNothing() {
		UserId unknown = new UserId(UUID.randomUUID());
		StepVerifier.create(store().changePassword(unknown, "another hash")).verifyComplete();
		StepVerifier.create(store().find(unknown)).verifyComplete();
	}

	private User insert(String address) {
		User user = user(address);
		StepVerifier.create(store().insert(user).map(User::id)).expectNext(user.id()).verifyComplete();
		return user;
	}

	private static User user(String address) {
		return User.create(UUID.randomUUID(), EmailAddress.of(address), "Ann", "a hash", Locale.GERMAN);
	}

}
