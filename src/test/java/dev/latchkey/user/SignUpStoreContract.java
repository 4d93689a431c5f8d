package dev.latchkey.user;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every store of sign-ups does. A link is valid for 24 hours.
 */
interface SignUpStoreContract {

	EmailAddress EMAIL = EmailAddress.of("Ann@Example.test");

	Duration VALIDITY = Duration.ofHours(24);

	SignUpStore store();

	void letPass(Duration duration);

	@Test
	default void findsASignUpAsItWasRequested() {
		UUID id = UUID.randomUUID();
		StepVerifier.create(store().insert(id, EMAIL, Locale.forLanguageTag("de-AT"))).verifyComplete();
		SignUp signUp = find(id);
		assertThat(signUp).isEqualTo(new SignUp(id, EMAIL, Locale.forLanguageTag("de-AT"), false, false));
		assertThat(signUp.email().value()).isEqualTo("Ann@example.test");
		assertThat(signUp.isUsable()).isTrue();
	}

	@Test
	default void findsNothingForAnUnknownId() {
		StepVerifier.create(store().find(UUID.randomUUID())).verifyComplete();
	}

	@Test
	default void aSignUpExpiresWithItsLink() {
		UUID id = aSignUp();
		letPass(VALIDITY.minusMinutes(1));
		assertThat(find(id).expired()).isFalse();
		letPass(Duration.ofMinutes(1));
		assertThat(find(id).expired()).isTrue();
	}

	@Test
	default void aSignUpIsUsedOnce() {
		SignUp signUp = find(aSignUp());
		StepVerifier.create(store().markUsed(signUp)).verifyComplete();
		assertThat(find(signUp.id()).used()).isTrue();
		assertUsed(signUp);
	}

	@Test
	default void usingOneSignUpLeavesTheOthersUsable() {
		SignUp first = find(aSignUp());
		UUID second = aSignUp();
		StepVerifier.create(store().markUsed(first)).verifyComplete();
		assertThat(find(second).isUsable()).isTrue();
	}

	@Test
	default void aSignUpThatExpiredInTheMeantimeCannotBeUsed() {
		SignUp signUp = find(aSignUp());
		letPass(VALIDITY);
		assertUsed(signUp);
		assertThat(find(signUp.id()).used()).isFalse();
	}

	private UUID aSignUp() {
		UUID id = UUID.randomUUID();
		StepVerifier.create(store().insert(id, EMAIL, Locale.ENGLISH)).verifyComplete();
		return id;
	}

	private SignUp find(UUID id) {
		return Objects.requireNonNull(store().find(id).block());
	}

	private void assertUsed(SignUp signUp) {
		StepVerifier.create(store().markUsed(signUp))
			.verifyErrorMatches(
					(error) -> error instanceof DomainException refusal && refusal.code() == ProblemCode.USED);
	}

}
