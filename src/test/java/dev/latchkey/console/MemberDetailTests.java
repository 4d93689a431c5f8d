package dev.latchkey.console;

import java.util.List;
import java.util.Map;

import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.Client.Answer;
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
 * One member: edited, edited by two at once, removed; and what a member sees.
 */
class MemberDetailTests {

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
		fixture.join(this.owner, this.ada, "tickets", "domains");
	}

	@Test
	void permissionsAreEditedOnTheMembersPage() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			Screen screen = openMember(visitor);
			assertThat(screen.heading("Ada")).isVisible();
			screen.button("Edit").click();
			Screen dialog = screen.dialog("Edit permissions of Ada");
			dialog.checkbox("View Domains").uncheck();
			dialog.checkbox("View & Pay Invoices").check();
			dialog.button("Save").click();
			assertThat(screen.region("Permissions").part()).containsText("View & Pay Invoices");
			assertThat(screen.region("Permissions").text("View Domains")).hasCount(0);
			assertThat(held()).isEqualTo("[\"invoices\",\"tickets\"]");
			visitor.assertContent();
		}
	}

	@Test
	void whoeverWasSlowerSeesTheDifferenceAndSavesTheirOwn() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			Screen dialog = editWhileSomebodyElseDoes(visitor);
			assertThat(dialog.alert()).containsText("Somebody else was faster");
			assertThat(dialog.text("Only in your version:").locator("..")).containsText("View Domains, View Emails");
			assertThat(dialog.text("Only in the present version:").locator("..")).containsText("View & Pay Invoices");
			assertThat(held()).isEqualTo("[\"invoices\",\"tickets\"]");
			dialog.button("Save my version").click();
			assertThat(dialog.part()).hasCount(0);
			assertThat(held()).isEqualTo("[\"domains\",\"tickets\",\"emails\"]");
			visitor.expecting("412 (Precondition Failed)").assertContent();
		}
	}

	@Test
	void whoeverWasSlowerMayTakeThePresentVersion() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			Screen dialog = editWhileSomebodyElseDoes(visitor);
			dialog.button("Take the present version").click();
			assertThat(dialog.checkbox("View & Pay Invoices")).isChecked();
			assertThat(dialog.checkbox("View Emails")).not().isChecked();
			assertThat(dialog.text("Your selection equals the present version.")).isVisible();
			dialog.button("Cancel").click();
			assertThat(dialog.part()).hasCount(0);
			assertThat(held()).isEqualTo("[\"invoices\",\"tickets\"]");
			visitor.expecting("412 (Precondition Failed)").assertContent();
		}
	}

	@Test
	void theBinRemovesAMemberAfterAsking() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, this.owner, "/users");
			Screen question = screen.dialog("Remove Ada?");
			screen.button("Remove Ada").click();
			question.button("Cancel").click();
			assertThat(screen.row(this.ada.address()).part().first()).isVisible();
			screen.button("Remove Ada").click();
			question.button("Confirm").click();
			assertThat(screen.told("Ada is removed.")).isVisible();
			assertThat(screen.region("Members 1").row(this.ada.address()).part()).hasCount(0);
			assertThat(this.ada.client().get(this.owner.path("/access?permission=tickets")).status()).isEqualTo(403);
			visitor.assertContent();
		}
	}

	@Test
	void aMemberSeesWhatTheyMayDoAndCanLeave() {
		try (BrowserVisitor visitor = fixture.visit(this.ada)) {
			Screen screen = ConsoleFixture.open(visitor, this.owner, "/users");
			assertThat(screen.heading("Your access to Harbour Lights")).isVisible();
			assertThat(screen.entry("View & Open Support Tickets").part()).isVisible();
			screen.button("Leave the account").click();
			screen.dialog("Leave Harbour Lights?").button("Leave the account").click();
			assertThat(screen.heading("You aren't in an account yet")).isVisible();
			assertThat(this.ada.client().get("/accounts").json().path("items").size()).isZero();
			visitor.assertContent();
		}
	}

	private Screen openMember(BrowserVisitor visitor) {
		return ConsoleFixture.open(visitor, this.owner, "/members/" + this.ada.id());
	}

	/** Adds an own permission while another browser replaces one. */
	private Screen editWhileSomebodyElseDoes(BrowserVisitor visitor) {
		Screen screen = openMember(visitor);
		screen.button("Edit").click();
		Screen dialog = screen.dialog("Edit permissions of Ada");
		dialog.checkbox("View Emails").check();
		Answer edited = this.owner.client()
			.put(permissions(), Map.of("permissions", List.of("tickets", "invoices")), "If-Match", "\"1\"");
		assertThat(edited.status()).as(edited.text()).isEqualTo(200);
		dialog.button("Save").click();
		return dialog;
	}

	private String held() {
		return this.owner.client().get(permissions()).json().path("permissions").toString();
	}

	private String permissions() {
		return this.owner.path("/members/" + this.ada.id() + "/permissions");
	}

}
