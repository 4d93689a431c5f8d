package dev.latchkey.console;

import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Signing in and out, signing up, resetting a password and switching accounts.
 */
@ServiceTest
class SignInFlowTests {

	static ConsoleFixture fixture;

	@BeforeAll
	static void start() {
		fixture = ConsoleFixture.shared();
	}

	@Test
	void signInLeadsToTheRequestedPage() {
		Owner owner = fixture.owner("Harbour Lights");
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/audit");
			assertThat(screen.heading("Sign in")).isVisible();
			signIn(screen, owner.person().address(), "a wrong password");
			assertThat(screen.alert()).containsText("password");
			signIn(screen, owner.person().address(), TestUsers.PASSWORD);
			assertThat(screen.heading("Audit trail")).isVisible();
			assertThat(screen.page()).hasURL(fixture.service.url() + owner.path("/audit"));
			visitor.assertNoProblems();
		}
	}

	@Test
	void tooManyFailedSignInsSayWhatToDo() {
		Person person = fixture.people.aUser();
		try (BrowserVisitor visitor = fixture.visit().expecting("429 (Too Many Requests)")) {
			Screen screen = Screen.of(visitor.open("/sign-in"));
			signIn(screen, person.address(), "a wrong password");
			assertThat(screen.alert()).containsText("password");
			fixture.database.update("update address_attempt set attempts = 10");
			signIn(screen, person.address(), TestUsers.PASSWORD);
			assertThat(screen.alert())
				.hasText(Pattern.compile("Too many failed sign-ins for this address. Wait, or reset"
						+ " the password. Try again in (2 minutes|\\d+ seconds)\\."));
			screen.link("Forgot your password?").click();
			assertThat(screen.heading("Forgot your password?")).isVisible();
			visitor.assertNoProblems();
		}
	}

	@Test
	void emptyFieldsShowAnError() {
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open("/sign-in"));
			screen.button("Sign in").click();
			assertThat(screen.field("E-mail address")).hasAccessibleDescription("Enter an e-mail address.");
			assertThat(screen.field("E-mail address")).isFocused();
			assertThat(screen.field("Password")).hasAccessibleDescription("Enter a password.");
			visitor.assertNoProblems();
		}
	}

	@Test
	void signingOutAppliesToAllTabs() {
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
			visitor.assertNoProblems();
		}
	}

	@Test
	void aLoginIsCreatedWithAMailedLink() {
		String address = TestUsers.anAddress();
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open("/sign-in"));
			screen.link("Create a login").click();
			assertThat(screen.heading("Create a login")).isFocused();
			screen.field("E-mail address").fill(address);
			screen.button("Send link").click();
			assertThat(screen.heading("Check your e-mail")).isFocused();
			visitor.open(fixture.mailedPath(address, "/verification", 1));
			screen.field("Your name").fill("Ada");
			screen.field("New password").fill("12345678");
			screen.button("Create login").click();
			assertThat(screen.field("New password")).hasAttribute("aria-invalid", "true");
			screen.field("New password").fill(TestUsers.PASSWORD);
			screen.button("Create login").click();
			assertThat(screen.heading("Your accounts")).isVisible();
			assertThat(screen.page()).hasURL(fixture.service.url() + "/accounts");
			visitor.expecting("422 (Unprocessable").assertNoProblems();
		}
	}

	@Test
	void theAddressOfALinkIsShownAsItWasTyped() {
		try (BrowserVisitor visitor = fixture.visit()) {
			for (String path : new String[] { "/sign-up", "/forgotten-password" }) {
				Screen screen = Screen.of(visitor.open(path));
				screen.field("E-mail address").fill("\u00a0nobody@ex\u00e4mple.test\u200b");
				screen.button("Send link").click();
				assertThat(screen.status("nobody@ex\u00e4mple.test")).isVisible();
			}
			visitor.assertNoProblems();
		}
	}

	@Test
	void aForgottenPasswordIsResetWithAMailedLink() {
		Person person = fixture.people.aUser();
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open("/forgotten-password"));
			screen.field("E-mail address").fill(person.address());
			screen.button("Send link").click();
			assertThat(screen.heading("Check your e-mail")).isVisible();
			String path = fixture.mailedPath(person.address(), "/password-reset", 1);
			visitor.open(path);
			screen.field("New password").fill("four quiet green herons");
			screen.button("Set password").click();
			assertThat(screen.heading("Your password has been changed")).isFocused();
			screen.link("Sign in").last().click();
			signIn(screen, person.address(), "four quiet green herons");
			assertThat(screen.heading("Your accounts")).isVisible();
			visitor.open(path);
			screen.field("New password").fill("one more password here");
			screen.button("Set password").click();
			assertThat(screen.heading("This link has already been used")).isVisible();
			visitor.expecting("410 (Gone)").assertNoProblems();
		}
	}

	@Test
	void aUserCanSwitchBetweenAccounts() {
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
			visitor.assertNoProblems();
		}
	}

	@Test
	void aUserWithoutAnAccountCreatesOne() {
		Person person = fixture.people.aUser();
		try (BrowserVisitor visitor = fixture.visit(person)) {
			Screen screen = Screen.of(visitor.open("/"));
			screen.button("Create account").click();
			Screen dialog = screen.dialog("Create account");
			dialog.field("Account name").fill("Corner Shop");
			dialog.button("Create account").click();
			assertThat(screen.heading("User Management")).isVisible();
			assertThat(screen.button("Switch account: Corner Shop")).isVisible();
			visitor.assertNoProblems();
		}
	}

	private static void signIn(Screen screen, String address, String password) {
		screen.field("E-mail address").fill(address);
		screen.field("Password").fill(password);
		screen.button("Sign in").click();
	}

}
