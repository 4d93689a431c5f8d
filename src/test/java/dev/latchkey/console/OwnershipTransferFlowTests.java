package dev.latchkey.console;

import java.util.Map;

import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How an account is handed over to one of its members.
 */
class OwnershipTransferFlowTests {

	static ConsoleFixture fixture;

	Owner owner;

	Person ada;

	@BeforeAll
	static void start() {
		fixture = new ConsoleFixture();
	}

	@AfterAll
	static void stop() {
		fixture.close();
	}

	@BeforeEach
	void join() {
		this.owner = fixture.owner("Harbour Lights");
		this.ada = fixture.people.aUser(TestUsers.anAddress(), "Ada");
		fixture.join(this.owner, this.ada, "tickets");
	}

	@Test
	void itIsOfferedWithThePasswordAndTakenOver() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, this.owner, "/members/" + this.ada.id());
			screen.button("Hand the account over").click();
			Screen dialog = screen.dialog("Hand the account over to Ada?");
			dialog.field("Your password").fill("something else");
			dialog.button("Offer the account").click();
			assertThat(dialog.text("This is not your password.")).isVisible();
			dialog.field("Your password").fill(TestUsers.PASSWORD);
			dialog.button("Offer the account").click();
			assertThat(screen.told("The account is offered to Ada.")).isVisible();
			assertThat(screen.button("Withdraw the offer")).isVisible();
			visitor.expecting("422 (Unprocessable Entity)").assertContent();
		}
		try (BrowserVisitor visitor = fixture.visit(this.ada)) {
			Screen screen = ConsoleFixture.open(visitor, this.owner, "");
			screen.button("Take the account over").click();
			screen.dialog("Take Harbour Lights over?").button("Take the account over").click();
			assertThat(screen.told("Harbour Lights is yours now.")).isVisible();
			assertThat(screen.heading("User Management")).isVisible();
			assertThat(this.ada.client().get(this.owner.path("")).json().path("owner").asBoolean()).isTrue();
			visitor.assertContent();
		}
	}

	@Test
	void itCanBeWithdrawnAndDeclined() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			offer();
			Screen screen = ConsoleFixture.open(visitor, this.owner, "/members/" + this.ada.id());
			screen.button("Withdraw the offer").click();
			assertThat(screen.button("Hand the account over")).isVisible();
			visitor.assertContent();
		}
		try (BrowserVisitor visitor = fixture.visit(this.ada)) {
			offer();
			Screen screen = ConsoleFixture.open(visitor, this.owner, "");
			screen.button("Decline").click();
			screen.dialog("Decline Harbour Lights?").button("Decline").click();
			assertThat(screen.button("Take the account over")).hasCount(0);
			assertThat(this.ada.client().get(this.owner.path("")).json().has("ownershipTransfer")).isFalse();
			visitor.assertContent();
		}
	}

	private void offer() {
		assertThat(this.owner.client()
			.put(this.owner.path("/ownership-transfer"),
					Map.of("userId", this.ada.id(), "password", TestUsers.PASSWORD))
			.status()).isEqualTo(200);
	}

}
