package dev.latchkey.console;

import com.microsoft.playwright.Page;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * How people get in and out: signing in, signing up, a forgotten password, another
 * account.
 */
class SignInFlowTests {

	static ConsoleFixture fixture;

	@BeforeAll
	static void start() {
		fixture = new ConsoleFixture();
	}

	@AfterAll
	static void stop() {
		fixture.close();
	}

	@Test
	void whoeverSignsInGoesOnToWhereTheyWantedToGo() {
		Owner owner = fixture.owner("Harbour Lights");
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/audit");
			assertThat(screen.heading("Sign in")).isVisible();
			signIn(screen, owner.person().address(), "a wrong password");
			assertThat(screen.alert()).containsText("password");
			signIn(screen, owner.person().address(), TestUsers.PASSWORD);
			assertThat(screen.heading("Audit trail")).isVisible();
			assertThat(screen.page()).hasURL(fixture.service.url() + owner.path("/audit"));
			visitor.assertContent();
		}
	}

	@Test
	void whatIsMissingIsSaidBesideItsField() {
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open("/sign-in"));
			screen.button("Sign in").click();
			assertThat(screen.field("E-mail address")).hasAccessibleDescription("Enter an e-mail address.");
			assertThat(screen.field("E-mail address")).isFocused();
			assertThat(screen.field("Password")).hasAccessibleDescription("Enter a password.");
			visitor.assertContent();
		}
	}

	@Test
	void whoeverSignsOutIsOutInEveryTab() {
		Owner owner = fixture.owner("Two tabs");
		try (BrowserVisitor visitor = fixture.visit(owner.person()).expecting("401 (Unauthorized)")) {
			Screen one = ConsoleFixture.open(visitor, owner, "/users");
			Page tab = visitor.newPage();
			tab.navigate(fixture.service.url() + owner.path("/audit"));
			Screen other = Screen.of(tab);
			assertThat(other.heading("Audit trail")).isVisible();
			one.button("Signed in as: Name of " + owner.person().address()).click();
			one.button("Sign out").click();
			assertThat(one.heading("Sign in")).isVisible();
			assertThat(other.heading("Sign in")).isVisible();
			visitor.assertContent();
		}
	}

	@Test
	void aLoginIsMadeByTheLinkInAMail() {
		String address = TestUsers.anAddress();
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open("/sign-in"));
			screen.link("Create a login").click();
			assertThat(screen.heading("Create a login")).isFocused();
			screen.field("E-mail address").fill(address);
			screen.button("Send me the link").click();
			assertThat(screen.heading("Look into your mailbox")).isFocused();
			visitor.open(fixture.mailedPath(address, "/verification", 1));
			screen.field("Your name").fill("Ada");
			screen.field("New password").fill("12345678");
			screen.button("Create the login").click();
			assertThat(screen.field("New password")).hasAttribute("aria-invalid", "true");
			screen.field("New password").fill(TestUsers.PASSWORD);
			screen.button("Create the login").click();
			assertThat(screen.heading("Your accounts")).isVisible();
			assertThat(screen.page()).hasURL(fixture.service.url() + "/accounts");
			visitor.expecting("422 (Unprocessable").assertContent();
		}
	}

	@Test
	void aForgottenPasswordIsReplacedByTheLinkInAMail() {
		Person person = fixture.people.aUser();
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open("/forgotten-password"));
			screen.field("E-mail address").fill(person.address());
			screen.button("Send me the link").click();
			assertThat(screen.heading("Look into your mailbox")).isVisible();
			String path = fixture.mailedPath(person.address(), "/password-reset", 1);
			visitor.open(path);
			screen.field("New password").fill("four quiet green herons");
			screen.button("Set the password").click();
			assertThat(screen.heading("The new password is set")).isFocused();
			screen.link("Sign in").last().click();
			signIn(screen, person.address(), "four quiet green herons");
			assertThat(screen.heading("Your accounts")).isVisible();
			visitor.open(path);
			screen.field("New password").fill("one more password here");
			screen.button("Set the password").click();
			assertThat(screen.heading("This link has been used")).isVisible();
			visitor.expecting("410 (Gone)").assertContent();
		}
	}

	@Test
	void whoeverHasTwoAccountsSwitchesBetweenThem() {
		Owner first = fixture.owner("Harbour Lights");
		Owner second = fixture.people.anOwner(first.person(), "Northern Mill");
		try (BrowserVisitor visitor = fixture.visit(first.person())) {
			Screen screen = ConsoleFixture.open(visitor, first, "/users");
			screen.button("Switch account: Harbour Lights").click();
			screen.link("Northern Mill Owner").click();
			assertThat(screen.page()).hasURL(fixture.service.url() + second.path("/users"));
			assertThat(screen.button("Switch account: Northern Mill")).isVisible();
			visitor.open("/");
			assertThat(screen.page()).hasURL(fixture.service.url() + second.path("/users"));
			visitor.assertContent();
		}
	}

	@Test
	void whoeverHasNoAccountMakesOne() {
		Person person = fixture.people.aUser();
		try (BrowserVisitor visitor = fixture.visit(person)) {
			Screen screen = Screen.of(visitor.open("/"));
			screen.button("Create an account").click();
			Screen dialog = screen.dialog("Create an account");
			dialog.field("Name of the account").fill("Corner Shop");
			dialog.button("Create an account").click();
			assertThat(screen.heading("User Management")).isVisible();
			assertThat(screen.button("Switch account: Corner Shop")).isVisible();
			visitor.assertContent();
		}
	}

	private static void signIn(Screen screen, String address, String password) {
		screen.field("E-mail address").fill(address);
		screen.field("Password").fill(password);
		screen.button("Sign in").click();
	}

}
