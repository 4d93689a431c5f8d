package dev.latchkey.console;

import java.util.List;
import java.util.Map;

import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.Client.Response;
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
 * The detail page of a member: editing, concurrent editing and removal; and the page that
 * members see themselves.
 */
@ServiceTest
class MemberDetailTests {

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
		fixture.join(this.owner, this.ada, "tickets", "domains");
	}

	@Test
	void permissionsCanBeEdited() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			Screen screen = openMember(visitor);
			assertThat(screen.heading("Ada")).isVisible();
			screen.button("Edit").click();
			Screen dialog = screen.dialog("Edit permissions of Ada");
			dialog.checkbox("View Domains").uncheck();
			dialog.checkbox("View & Pay Invoices").check();
			dialog.button("Save").click();
			assertThat(screen.region("Permissions").locator()).containsText("View & Pay Invoices");
			assertThat(screen.region("Permissions").text("View Domains")).hasCount(0);
			assertThat(storedPermissions()).isEqualTo("[\"invoices\",\"tickets\"]");
			visitor.assertNoProblems();
		}
	}

	@Test
	void aConflictShowsTheDifferencesAndTheOwnVersionCanBeSaved() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			Screen dialog = editConcurrently(visitor);
			assertThat(dialog.alert()).containsText("Changed by someone else");
			assertThat(dialog.text("Only in your version:").locator("..")).containsText("View Domains, View Emails");
			assertThat(dialog.text("Only in the current version:").locator("..")).containsText("View & Pay Invoices");
			assertThat(storedPermissions()).isEqualTo("[\"invoices\",\"tickets\"]");
			dialog.button("Save my version").click();
			assertThat(dialog.locator()).hasCount(0);
			assertThat(storedPermissions()).isEqualTo("[\"domains\",\"tickets\",\"emails\"]");
			visitor.expecting("412 (Precondition Failed)").assertNoProblems();
		}
	}

	@Test
	void aConflictCanBeResolvedWithTheCurrentVersion() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			Screen dialog = editConcurrently(visitor);
			dialog.button("Use the current version").click();
			assertThat(dialog.checkbox("View & Pay Invoices")).isChecked();
			assertThat(dialog.checkbox("View Emails")).not().isChecked();
			assertThat(dialog.text("Your selection matches the current version.")).isVisible();
			dialog.button("Cancel").click();
			assertThat(dialog.locator()).hasCount(0);
			assertThat(storedPermissions()).isEqualTo("[\"invoices\",\"tickets\"]");
			visitor.expecting("412 (Precondition Failed)").assertNoProblems();
		}
	}

	@Test
	void aMemberIsRemovedAfterConfirmation() {
		try (BrowserVisitor visitor = fixture.visit(this.owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, this.owner, "/users");
			Screen confirmation = screen.dialog("Remove Ada?");
			screen.button("Remove Ada").click();
			confirmation.button("Cancel").click();
			assertThat(screen.row(this.ada.address()).locator().first()).isVisible();
			screen.button("Remove Ada").click();
			confirmation.button("Confirm").click();
			assertThat(screen.status("Ada has been removed.")).isVisible();
			assertThat(screen.region("Members 1").row(this.ada.address()).locator()).hasCount(0);
			assertThat(this.ada.client().get(this.owner.path("/access?permission=tickets")).status()).isEqualTo(403);
			visitor.assertNoProblems();
		}
	}

	@Test
	void aMemberSeesTheirPermissionsAndCanLeave() {
		try (BrowserVisitor visitor = fixture.visit(this.ada)) {
			Screen screen = ConsoleFixture.open(visitor, this.owner, "/users");
			assertThat(screen.heading("Your access to Harbour Lights")).isVisible();
			assertThat(screen.listItem("View & Open Support Tickets").locator()).isVisible();
			screen.button("Leave account").click();
			screen.dialog("Leave Harbour Lights?").button("Leave account").click();
			assertThat(screen.heading("You are not a member of any account yet")).isVisible();
			assertThat(this.ada.client().get("/accounts").json().path("items").size()).isZero();
			visitor.assertNoProblems();
		}
	}

	private Screen openMember(BrowserVisitor visitor) {
		return ConsoleFixture.open(visitor, this.owner, "/members/" + this.ada.id());
	}

	/** Adds a permission in the dialog while another client replaces one. */
	private Screen editConcurrently(BrowserVisitor visitor) {
		Screen screen = openMember(visitor);
		screen.button("Edit").click();
		Screen dialog = screen.dialog("Edit permissions of Ada");
		dialog.checkbox("View Emails").check();
		Response edited = this.owner.client()
			.put(permissionsPath(), Map.of("permissions", List.of("tickets", "invoices")), "If-Match", "\"1\"");
		assertThat(edited.status()).as(edited.text()).isEqualTo(200);
		dialog.button("Save").click();
		return dialog;
	}

	private String storedPermissions() {
		return this.owner.client().get(permissionsPath()).json().path("permissions").toString();
	}

	private String permissionsPath() {
		return this.owner.path("/members/" + this.ada.id() + "/permissions");
	}

}
