package dev.latchkey.console;

import java.util.Map;

import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Transferring the ownership of an account to a member.
 */
@ServiceTest
class OwnershipTransferFlowTests {

	static ConsoleFixture fixture;

	Owner owner;

	Person ada;

	@BeforeAll
	static void start() {
		fixture = ConsoleFixture.shared();
	}

	@BeforeEach
	void join() {
		this.owner = fixture.owner("Harbour Lights");
		this.ada = fixture.people.aUser(TestUsers.anAddress(), "Ada");
		fixture.join(this.owner, this.ada, "tickets");
	}

	@Test
	void ownershipIsOfferedWithThePasswordAndAccepted() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, this.owner, "/members/" + this.ada.id());
			screen.button("Transfer ownership").click();
			Screen dialog = screen.dialog("Transfer ownership to Ada?");
			dialog.field("Your password").fill("something else");
			dialog.button("Offer ownership").click();
			assertThat(dialog.text("This is not your password.")).isVisible();
			dialog.field("Your password").fill(TestUsers.PASSWORD);
			dialog.button("Offer ownership").click();
			assertThat(screen.status("Ownership has been offered to Ada.")).isVisible();
			assertThat(screen.button("Withdraw offer")).isVisible();
			visitor.expecting("422 (Unprocessable Entity)").assertNoProblems();
		}
		try (BrowserVisitor visitor = fixture.visit(this.ada)) {
			Screen screen = ConsoleFixture.open(visitor, this.owner, "");
			screen.button("Accept ownership").click();
			screen.dialog("Accept ownership of Harbour Lights?").button("Accept ownership").click();
			assertThat(screen.status("You are now the owner of Harbour Lights.")).isVisible();
			assertThat(screen.heading("User Management")).isVisible();
			assertThat(this.ada.client().get(this.owner.path("")).json().path("owner").asBoolean()).isTrue();
			visitor.assertNoProblems();
		}
	}

	@Test
	void anOfferCanBeWithdrawnAndDeclined() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			offer();
			Screen screen = ConsoleFixture.open(visitor, this.owner, "/members/" + this.ada.id());
			screen.button("Withdraw offer").click();
			assertThat(screen.button("Transfer ownership")).isVisible();
			visitor.assertNoProblems();
		}
		try (BrowserVisitor visitor = fixture.visit(this.ada)) {
			offer();
			Screen screen = ConsoleFixture.open(visitor, this.owner, "");
			screen.button("Decline").click();
			screen.dialog("Decline ownership of Harbour Lights?").button("Decline").click();
			assertThat(screen.button("Accept ownership")).hasCount(0);
			assertThat(this.ada.client().get(this.owner.path("")).json().has("ownershipTransfer")).isFalse();
			visitor.assertNoProblems();
		}
	}

	private void offer() {
		assertThat(this.owner.client()
			.put(this.owner.path("/ownership-transfer"),
					Map.of("userId", this.ada.id(), "password", TestUsers.PASSWORD))
			.status()).isEqualTo(200);
	}

}
