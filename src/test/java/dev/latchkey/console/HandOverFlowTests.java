package dev.latchkey.console;

import java.util.Map;

import dev.latchkey.testing.People;
import dev.latchkey.testing.People.Owner;
import dev.latchkey.testing.People.Person;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How an account is handed over to one of its members.
 */
class HandOverFlowTests {

	static ConsoleScene scene;

	Owner owner;

	Person ada;

	@BeforeAll
	static void start() {
		scene = new ConsoleScene();
	}

	@AfterAll
	static void stop() {
		scene.close();
	}

	@BeforeEach
	void join() {
		this.owner = scene.owner("Harbour Lights");
		this.ada = scene.people.aUser(People.anAddress(), "Ada");
		scene.join(this.owner, this.ada, "tickets");
	}

	@Test
	void itIsOfferedWithThePasswordAndTakenOver() {
		try (Visitor visitor = scene.visit(this.owner.person())) {
			Screen screen = ConsoleScene.open(visitor, this.owner, "/members/" + this.ada.id());
			screen.button("Hand the account over").click();
			Screen dialog = screen.dialog("Hand the account over to Ada?");
			dialog.field("Your password").fill("something else");
			dialog.button("Offer the account").click();
			assertThat(dialog.text("This is not your password.")).isVisible();
			dialog.field("Your password").fill(People.PASSWORD);
			dialog.button("Offer the account").click();
			assertThat(screen.told("The account is offered to Ada.")).isVisible();
			assertThat(screen.button("Withdraw the offer")).isVisible();
			visitor.expecting("422 (Unprocessable Entity)").assertContent();
		}
		try (Visitor visitor = scene.visit(this.ada)) {
			Screen screen = ConsoleScene.open(visitor, this.owner, "");
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
		try (Visitor visitor = scene.visit(this.owner.person())) {
			offer();
			Screen screen = ConsoleScene.open(visitor, this.owner, "/members/" + this.ada.id());
			screen.button("Withdraw the offer").click();
			assertThat(screen.button("Hand the account over")).isVisible();
			visitor.assertContent();
		}
		try (Visitor visitor = scene.visit(this.ada)) {
			offer();
			Screen screen = ConsoleScene.open(visitor, this.owner, "");
			screen.button("Decline").click();
			screen.dialog("Decline Harbour Lights?").button("Decline").click();
			assertThat(screen.button("Take the account over")).hasCount(0);
			assertThat(this.ada.client().get(this.owner.path("")).json().has("ownershipTransfer")).isFalse();
			visitor.assertContent();
		}
	}

	private void offer() {
		assertThat(this.owner.client()
			.put(this.owner.path("/ownership-transfer"), Map.of("userId", this.ada.id(), "password", People.PASSWORD))
			.status()).isEqualTo(200);
	}

}
