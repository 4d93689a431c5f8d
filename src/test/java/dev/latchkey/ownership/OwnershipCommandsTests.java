package dev.latchkey.ownership;

import java.util.UUID;

import dev.latchkey.account.Member;
import dev.latchkey.account.MemberBuilder;
import dev.latchkey.account.StoredAccount;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.StoreFixture;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static dev.latchkey.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may take which step of a transfer, and what the step changes, logs and mails.
 */
@DatabaseTest
class OwnershipCommandsTests {

	private static final UserId STRANGER = new UserId(UUID.randomUUID());

	private final TestDatabase database = StoreFixture.shared().database();

	private final OwnershipCommands commands = StoreFixture.shared().service().bean(OwnershipCommands.class);

	private final StoredAccount account = new StoredAccount(this.database);

	private final AccountId id = this.account.id();

	private final Member firstOwner = this.account.owner();

	private final Member member = this.account.member();

	private final UserId owner = this.firstOwner.user();

	private final UserId newOwner = this.member.user();

	private final UserId other = new UserId(UUID.randomUUID());

	@BeforeEach
	void storeTheAccount() {
		this.account.insert(this.firstOwner, this.member, MemberBuilder.of(this.id).user(this.other).number(3).build());
	}

	@Nested
	class Offer {

		@Test
		void isLoggedAndMailed() {
			offer();
			OwnershipCommandsTests test = OwnershipCommandsTests.this;
			assertThat(test.account.events())
				.containsExactly("1 ownership.offered by " + test.owner + " about " + test.newOwner);
			assertThat(test.account.mails()).containsExactly("ownership-offer " + test.id + " 1");
		}

		@Test
		void isForTheOwnerAndAnotherMember() {
			OwnershipCommandsTests test = OwnershipCommandsTests.this;
			assertRefused(test.commands.offer(test.id, test.other, test.newOwner), ProblemCode.OWNER_ONLY);
			assertRefused(test.commands.offer(test.id, STRANGER, test.newOwner), ProblemCode.NOT_FOUND);
			assertRefused(test.commands.offer(test.id, test.owner, test.owner), ProblemCode.OWNER_IMMUTABLE);
			assertRefused(test.commands.offer(test.id, test.owner, STRANGER), ProblemCode.NOT_FOUND);
			assertThat(test.account.events()).isEmpty();
			assertThat(test.account.mails()).isEmpty();
		}

	}

	@Nested
	class EndOffer {

		@Test
		void byTheOwnerWithdrawsItAndByTheNewOwnerDeclinesIt() {
			OwnershipCommandsTests test = OwnershipCommandsTests.this;
			offer();
			StepVerifier.create(test.commands.endOffer(test.id, test.owner)).verifyComplete();
			offer();
			StepVerifier.create(test.commands.endOffer(test.id, test.newOwner)).verifyComplete();
			assertThat(test.account.events()).containsExactly(
					"1 ownership.offered by " + test.owner + " about " + test.newOwner,
					"2 ownership.withdrawn by " + test.owner + " about " + test.newOwner,
					"3 ownership.offered by " + test.owner + " about " + test.newOwner,
					"4 ownership.declined by " + test.newOwner + " about " + test.newOwner);
			assertRefused(test.commands.endOffer(test.id, test.owner), ProblemCode.NOT_FOUND);
		}

		@Test
		void isForThePartiesOfAnOpenOffer() {
			OwnershipCommandsTests test = OwnershipCommandsTests.this;
			offer();
			assertRefused(test.commands.endOffer(test.id, test.other), ProblemCode.NOT_FOUND);
			assertRefused(test.commands.endOffer(test.id, STRANGER), ProblemCode.NOT_FOUND);
			expire();
			assertRefused(test.commands.endOffer(test.id, test.owner), ProblemCode.NOT_FOUND);
			assertThat(test.account.events()).hasSize(1);
		}

	}

	@Nested
	class Accept {

		@Test
		void exchangesTheOwnerOnceAndMailsThePreviousOwner() {
			OwnershipCommandsTests test = OwnershipCommandsTests.this;
			offer();
			StepVerifier.create(test.commands.accept(test.id, test.newOwner)).expectNext(true).verifyComplete();
			StepVerifier.create(test.commands.accept(test.id, test.newOwner)).expectNext(false).verifyComplete();
			assertThat(test.account.events()).last()
				.isEqualTo("2 ownership.transferred by " + test.newOwner + " about " + test.owner);
			assertThat(test.account.mails()).containsExactly("ownership-news " + test.owner + " 1",
					"ownership-offer " + test.id + " 1");
			assertThat(test.account.memberships()).startsWith(test.owner + " " + (test.firstOwner.version() + 1),
					test.newOwner + " " + (test.member.version() + 1) + " owner");
			assertThat(test.account.counters()).containsExactly("3 1");
		}

		@Test
		void isForTheUserWithAnOpenOffer() {
			OwnershipCommandsTests test = OwnershipCommandsTests.this;
			assertRefused(test.commands.accept(test.id, test.newOwner), ProblemCode.NOT_FOUND);
			offer();
			for (UserId user : new UserId[] { test.owner, test.other, STRANGER }) {
				assertRefused(test.commands.accept(test.id, user), ProblemCode.NOT_FOUND);
			}
			expire();
			assertRefused(test.commands.accept(test.id, test.newOwner), ProblemCode.NOT_FOUND);
			assertThat(test.account.events()).hasSize(1);
		}

	}

	private void offer() {
		StepVerifier.create(this.commands.offer(this.id, this.owner, this.newOwner)).verifyComplete();
	}

	private void expire() {
		this.database.update("update account set transfer_expires_at = now() where id = ?", this.id.value());
	}

}
