package dev.latchkey.session;

import java.time.Duration;
import java.util.UUID;

import dev.latchkey.session.PasswordResetStore.State;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/**
 * What every store of password resets does. A link is valid for an hour.
 */
interface PasswordResetStoreContract {

	Duration VALIDITY = Duration.ofHours(1);

	PasswordResetStore store();

	void letPass(Duration duration);

	@Test
	default void findsNothingForAnUnknownReset() {
		StepVerifier.create(store().find(aUser(), UUID.randomUUID())).verifyComplete();
	}

	@Test
	default void findsTheResetOfThisUserOnly() {
		UUID id = aReset(aUser());
		StepVerifier.create(store().find(aUser(), id)).verifyComplete();
	}

	@Test
	default void aResetExpiresWithItsLink() {
		UserId user = aUser();
		UUID id = aReset(user);
		letPass(VALIDITY.minusMinutes(1));
		assertState(user, id, State.VALID);
		letPass(Duration.ofMinutes(1));
		assertState(user, id, State.EXPIRED);
	}

	@Test
	default void aResetIsUsedOnce() {
		UserId user = aUser();
		UUID id = aReset(user);
		assertUse(user, id, true);
		assertState(user, id, State.USED);
		assertUse(user, id, false);
	}

	@Test
	default void aUsedResetStaysUsedAfterItsLinkExpired() {
		UserId user = aUser();
		UUID id = aReset(user);
		assertUse(user, id, true);
		letPass(VALIDITY);
		assertState(user, id, State.USED);
	}

	@Test
	default void anExpiredResetCannotBeUsed() {
		UserId user = aUser();
		UUID id = aReset(user);
		letPass(VALIDITY);
		assertUse(user, id, false);
		assertState(user, id, State.EXPIRED);
	}

	@Test
	default void anUnknownResetCannotBeUsed() {
		UserId user = aUser();
		UUID other = aReset(user);
		assertUse(user, UUID.randomUUID(), false);
		assertState(user, other, State.VALID);
	}

	@Test
	default void usingAResetUsesAllOtherResetsOfTheUser() {
		UserId user = aUser();
		UUID first = aReset(user);
		UUID second = aReset(user);
		UserId otherUser = aUser();
		UUID other = aReset(otherUser);
		assertUse(user, second, true);
		assertState(user, first, State.USED);
		assertState(otherUser, other, State.VALID);
	}

	@Test
	default void theResetOfAnotherUserCannotBeUsed() {
		UserId user = aUser();
		UUID id = aReset(user);
		assertUse(aUser(), id, false);
		assertState(user, id, State.VALID);
	}

	private static UserId aUser() {
		return new UserId(UUID.randomUUID());
	}

	private UUID aReset(UserId user) {
		UUID id = UUID.randomUUID();
		StepVerifier.create(store().insert(user, id)).verifyComplete();
		return id;
	}

	private void assertState(UserId user, UUID id, State state) {
		StepVerifier.create(store().find(user, id)).expectNext(state).verifyComplete();
	}

	private void assertUse(UserId user, UUID id, boolean valid) {
		StepVerifier.create(store().use(user, id)).expectNext(valid).verifyComplete();
	}

}
