package dev.latchkey.account;

import java.util.UUID;

import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.StoreFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static dev.latchkey.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Only the owner changes the settings of an account.
 */
@DatabaseTest
class AccountSettingsTests {

	private final StoredAccount account = new StoredAccount(StoreFixture.shared().database());

	private final AccountSettings settings = StoreFixture.shared().service().bean(AccountSettings.class);

	private final Member owner = this.account.owner();

	private final Member member = this.account.member();

	@BeforeEach
	void storeTheAccount() {
		this.account.insert(this.owner, this.member);
	}

	@Test
	void ownerSetsTheValidityAndReturnsToTheDefault() {
		UserId user = this.owner.user();
		StepVerifier.create(this.settings.setValidity(this.account.id(), user, new ValidityDays(5)))
			.assertNext((changed) -> {
				assertThat(changed.validityDays()).isEqualTo(5);
				assertThat(changed.ownedByReader()).isTrue();
			})
			.verifyComplete();
		StepVerifier.create(this.settings.setValidity(this.account.id(), user, null))
			.assertNext((changed) -> assertThat(changed.validityDays()).isNull())
			.verifyComplete();
		assertThat(this.account.events()).containsExactly("1 account.validity-changed by " + user,
				"2 account.validity-changed by " + user);
	}

	@Test
	void othersAreRefused() {
		assertRefused(this.settings.setValidity(this.account.id(), this.member.user(), new ValidityDays(5)),
				ProblemCode.OWNER_ONLY);
		assertRefused(this.settings.setValidity(this.account.id(), new UserId(UUID.randomUUID()), new ValidityDays(5)),
				ProblemCode.NOT_FOUND);
		assertThat(this.account.events()).isEmpty();
	}

}
