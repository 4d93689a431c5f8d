package dev.latchkey.console;

import java.util.Map;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Every page and every dialog in both languages, in light and dark, narrow and wide: axe
 * finds no violation of WCAG 2.2 AA, and no page scrolls horizontally.
 */
@ServiceTest
class AccessibilityTests {

	static ConsoleFixture fixture;

	static Owner owner;

	static Person member;

	static String invitation;

	@BeforeAll
	static void start() {
		fixture = ConsoleFixture.shared();
		Person grace = fixture.people.aUser(TestUsers.anAddress(), "Grace");
		owner = fixture.people.anOwner(grace, "Harbour Lights");
		member = fixture.people.aUser(TestUsers.anAddress(), "Ada");
		fixture.join(owner, member, "tickets", "domains", "emails", "invoices", "orders");
		invitation = ConsoleFixture.invite(owner,
				"a.rather.long.address.for.a.small.screen@" + "sub.".repeat(6) + "example.test", "tickets", "domains",
				"profile");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sign-in?next=/accounts", "/sign-up", "/forgotten-password", "/verification",
			"/local/mailbox", "/no-such-page" })
	void publicPages(String path) {
		try (BrowserVisitor visitor = fixture.visit()) {
			Page page = visitor.open(path);
			assertThat(Screen.of(page).locator().getByRole(AriaRole.HEADING).first()).isVisible();
			Axe.check(page);
		}
	}

	@Test
	void formsWithErrors() {
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open("/sign-in"));
			screen.button("Sign in").click();
			assertThat(screen.text("Enter a password.")).isVisible();
			Axe.check(screen.page());
			screen.field("E-mail address").fill("nobody@example.test");
			screen.field("Password").fill("wrong wrong wrong");
			screen.button("Sign in").click();
			assertThat(screen.alert()).isVisible();
			Axe.check(screen.page());
			visitor.open("/password-reset#" + "A".repeat(92));
			assertThat(screen.field("New password")).isVisible();
			Axe.check(screen.page());
		}
	}

	@Test
	void invitationPage() {
		String path = "/invitation#"
				+ fixture.token(owner, ConsoleFixture.invite(owner, TestUsers.anAddress(), "domains", "emails"));
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open(path));
			assertThat(screen.button("Create login and accept")).isVisible();
			Axe.check(screen.page());
			screen.button("Decline").click();
			assertThat(screen.field("Reason (optional)")).isVisible();
			Axe.check(screen.page());
			visitor.open("/invitation#not-a-token");
			assertThat(screen.heading("This link is incomplete")).isVisible();
			Axe.check(screen.page());
		}
		try (BrowserVisitor visitor = fixture.visit(member)) {
			Screen screen = Screen.of(visitor.open(path));
			screen.button("Accept the invitation").click();
			assertThat(screen.alert()).isVisible();
			Axe.check(screen.page());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/users", "/audit", "/members/{member}", "/invitations/{invitation}" })
	void ownerPages(String path) {
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner,
					path.replace("{member}", member.id()).replace("{invitation}", invitation));
			assertThat(screen.liveStatus("Live")).isVisible();
			assertThat(screen.locator().locator("[aria-busy=true]")).hasCount(0);
			Axe.check(screen.page());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/accounts", "/accounts/{account}" })
	void memberPages(String path) {
		try (BrowserVisitor visitor = fixture.visit(member)) {
			Screen screen = Screen.of(visitor.open(path.replace("{account}", owner.account())));
			assertThat(screen.locator().getByRole(AriaRole.HEADING).first()).isVisible();
			Axe.check(screen.page());
			screen.button("Signed in as: Ada").click();
			assertThat(screen.button("Sign out")).isVisible();
			Axe.check(screen.page());
		}
	}

	@Test
	void ownerDialogs() {
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button("Invite New User").click();
			Screen dialog = screen.dialog("Invite New User");
			dialog.checkbox("Manage Domain Settings").check();
			dialog.button("Send invitation").click();
			assertThat(dialog.text("Enter an e-mail address.")).isVisible();
			Axe.check(screen.page());
			dialog.button("Invite several users").click();
			dialog.field("E-mail addresses").fill(member.address() + " broken@nowhere..example");
			dialog.button("Send 2 invitations").click();
			assertThat(screen.status("2 of 2 done.")).isVisible();
			Axe.check(screen.page());
			screen.button("Close").last().click();
			screen.button("Remove Ada").click();
			assertThat(screen.dialog("Remove Ada?").button("Confirm")).isVisible();
			Axe.check(screen.page());
		}
	}

	@Test
	void conflictInTheEditDialog() {
		Person bob = fixture.people.aUser(TestUsers.anAddress(), "Bob");
		fixture.join(owner, bob, "tickets");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/members/" + bob.id());
			screen.button("Edit").click();
			Screen dialog = screen.dialog("Edit permissions of Bob");
			dialog.checkbox("View Emails").check();
			owner.client()
				.put(owner.path("/members/" + bob.id() + "/permissions"),
						Map.of("permissions", new String[] { "orders" }), "If-Match", "\"1\"");
			dialog.button("Save").click();
			assertThat(dialog.alert()).isVisible();
			Axe.check(screen.page());
		}
	}

	/** Signs in, invites, revokes and signs out with the keyboard only. */
	@Test
	void allActionsWorkWithTheKeyboard() {
		String invitee = TestUsers.anAddress();
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open("/sign-in"));
			assertThat(screen.heading("Sign in")).isVisible();
			reach(screen.field("E-mail address")).pressSequentially(owner.person().address());
			reach(screen.field("Password")).pressSequentially(TestUsers.PASSWORD);
			screen.page().keyboard().press("Enter");
			assertThat(screen.heading("User Management")).isFocused();
			reach(screen.button("Invite New User")).press("Enter");
			Screen dialog = screen.dialog("Invite New User");
			assertThat(dialog.field("E-mail address")).isFocused();
			screen.page().keyboard().type(invitee);
			reach(dialog.checkbox("View Domains")).press("Space");
			screen.page().keyboard().press("Enter");
			assertThat(screen.status(invitee + " has been invited")).isVisible();
			assertThat(screen.button("Invite New User")).isFocused();
			reach(screen.button("Revoke " + invitee)).press("Enter");
			Screen confirmation = screen.dialog("Revoke the invitation for " + invitee + "?");
			assertThat(confirmation.button("Cancel")).isFocused();
			reach(confirmation.button("Revoke")).press("Enter");
			assertThat(screen.row(invitee).locator()).containsText("Revoked");
			visitor.open("/accounts");
			assertThat(screen.heading("Your accounts")).isVisible();
			reach(screen.button("Signed in as: Grace")).press("Enter");
			reach(screen.button("Sign out")).press("Enter");
			assertThat(screen.heading("Sign in")).isFocused();
		}
	}

	/** Presses Tab until the element has the focus. */
	private static Locator reach(Locator element) {
		assertThat(element).isVisible();
		for (int presses = 0; presses < 60; presses++) {
			if (Boolean.TRUE.equals(element.evaluate("(element) => element === document.activeElement"))) {
				return element;
			}
			element.page().keyboard().press("Tab");
		}
		throw new AssertionError("Tab does not reach " + element);
	}

}
