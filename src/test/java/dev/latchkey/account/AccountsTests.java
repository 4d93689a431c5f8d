package dev.latchkey.account;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static dev.latchkey.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Accounts are created by users, if the operator allows it, and read by their members.
 */
class AccountsTests {

	private final AccountFixture fixture = AccountFixture.create();

	private final Accounts accounts = this.fixture.accounts();

	private final Account account = AccountBuilder.anAccount().build();

	private final Member owner = MemberBuilder.of(this.account.id()).owner().build();

	private final Caller caller = AccountFixture.caller(this.owner);

	@Nested
	class Create {

		@Test
		void returnsTheNewAccountAndNotifiesTheWatchers() {
			StepVerifier
				.create(AccountsTests.this.accounts.create(AccountsTests.this.caller, "  Acme ",
						Locale.forLanguageTag("de-AT"), Optional.empty()))
				.assertNext((result) -> {
					assertThat(result.replayed()).isFalse();
					assertThat(result.value().id().value()).isEqualTo(AccountFixture.NEW_ID);
					assertThat(result.value().ownedByReader()).isTrue();
				})
				.verifyComplete();
			assertThat(AccountsTests.this.fixture.calls()).containsExactly("create Acme de-AT");
			assertThat(AccountsTests.this.fixture.notified()).containsExactly(new AccountId(AccountFixture.NEW_ID));
		}

		@Test
		void isClosedIfTheOperatorCreatesAccounts() {
			AccountFixture closed = AccountFixture.withoutSelfService();
			assertRefused(closed.accounts().create(AccountsTests.this.caller, "Acme", Locale.ENGLISH, Optional.empty()),
					ProblemCode.ACCOUNT_CREATION_CLOSED);
			assertThat(closed.calls()).isEmpty();
		}

		@Test
		void refusesANameThatCannotBeShown() {
			assertThatExceptionOfType(DomainException.class)
				.isThrownBy(() -> AccountsTests.this.accounts.create(AccountsTests.this.caller, "a\nb", Locale.ENGLISH,
						Optional.empty()))
				.satisfies((refusal) -> assertThat(refusal.properties()).containsEntry("field", "name"));
			assertThat(AccountsTests.this.fixture.calls()).isEmpty();
		}

		@Test
		void returnsThePresentAccountToARepeatedRequest() {
			AccountsTests.this.fixture.commandsReplay(AccountsTests.this.account);
			IdempotencyKey key = IdempotencyKey.of("once", "Acme");
			StepVerifier
				.create(AccountsTests.this.accounts.create(AccountsTests.this.caller, "Acme", Locale.ENGLISH,
						Optional.of(key)))
				.assertNext((result) -> {
					assertThat(result.replayed()).isTrue();
					assertThat(result.value()).isEqualTo(AccountsTests.this.account);
				})
				.verifyComplete();
			assertThat(AccountsTests.this.fixture.calls()).containsExactly("create Acme en with key once");
			assertThat(AccountsTests.this.fixture.notified()).isEmpty();
		}

	}

	@Nested
	class Find {

		@Test
		void returnsAnAccountToItsMembersOnly() {
			AccountsTests.this.fixture.store(AccountsTests.this.account, AccountsTests.this.owner);
			AccountId id = AccountsTests.this.account.id();
			StepVerifier.create(AccountsTests.this.accounts.find(id, AccountsTests.this.owner.user()))
				.expectNext(AccountsTests.this.account)
				.verifyComplete();
			assertRefused(AccountsTests.this.accounts.find(id, new UserId(UUID.randomUUID())), ProblemCode.NOT_FOUND);
		}

		@Test
		void listsTheAccountsOfAUser() {
			AccountsTests.this.fixture.store(AccountsTests.this.account, AccountsTests.this.owner);
			StepVerifier.create(AccountsTests.this.accounts.findAll(AccountsTests.this.owner.user()).collectList())
				.expectNext(List.of(AccountsTests.this.account))
				.verifyComplete();
			StepVerifier.create(AccountsTests.this.accounts.findAll(new UserId(UUID.randomUUID()))).verifyComplete();
		}

	}

}
