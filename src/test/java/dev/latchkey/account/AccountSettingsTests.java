package dev.latchkey.account;

import java.util.UUID;

import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static dev.latchkey.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Only the owner changes the settings of an account.
 */
class AccountSettingsTests {

	private final AccountFixture fixture = AccountFixture.create();

	private final AccountSettings settings = this.fixture.settings();

	private final Account account = AccountBuilder.anAccount().validityDays(5).build();

	private final Member owner = MemberBuilder.of(this.account.id()).owner().build();

	private final Member member = MemberBuilder.of(this.account.id()).build();

	@BeforeEach
	void storeTheAccount() {
		this.fixture.store(this.account, this.owner, this.member);
	}

	@Test
	void ownerSetsTheValidityAndGetsTheAccount() {
		this.fixture.succeed();
		StepVerifier.create(this.settings.setValidity(this.account.id(), this.owner.user(), new ValidityDays(5)))
			.expectNext(this.account)
			.verifyComplete();
		assertThat(this.fixture.calls())
			.containsExactly("set validity of " + this.account.id() + " as " + this.owner.user() + " to 5");
		assertThat(this.fixture.notified()).containsExactly(this.account.id());
	}

	@Test
	void ownerReturnsToTheDefault() {
		this.fixture.succeed();
		StepVerifier.create(this.settings.setValidity(this.account.id(), this.owner.user(), null))
			.expectNextCount(1)
			.verifyComplete();
		assertThat(this.fixture.calls())
			.containsExactly("set validity of " + this.account.id() + " as " + this.owner.user() + " to default");
	}

	@Test
	void othersAreRefused() {
		assertRefused(this.settings.setValidity(this.account.id(), this.member.user(), new ValidityDays(5)),
				ProblemCode.OWNER_ONLY);
		assertRefused(this.settings.setValidity(this.account.id(), new UserId(UUID.randomUUID()), new ValidityDays(5)),
				ProblemCode.NOT_FOUND);
		assertThat(this.fixture.notified()).isEmpty();
	}

}
