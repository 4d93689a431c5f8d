package dev.latchkey.console;

import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that an invitation's link opens, and how invitees accept or decline.
 */
@ServiceTest
class InvitationPageTests {

	private static final String GONE = "410 (Gone)";

	static ConsoleFixture fixture;

	static Owner owner;

	@BeforeAll
	static void start() {
		fixture = ConsoleFixture.shared();
		owner = fixture.people.anOwner(fixture.people.aUser(TestUsers.anAddress(), "Grace"), "Harbour Lights");
	}

	@Test
	void aNewUserCreatesALoginAndAccepts() {
		String invitee = TestUsers.anAddress();
		ConsoleFixture.invite(owner, invitee, "domains", "invoices");
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open(fixture.mailedPath(invitee, "/invitation", 1)));
			assertThat(screen.heading("Grace invites you to Harbour Lights")).isVisible();
			assertThat(screen.listItem("View & Pay Invoices").locator()).isVisible();
			assertThat(screen.listItem("View Domains").locator()).isVisible();
			assertThat(screen.text("You can accept until")).containsText("in 7 days");
			screen.field("Your name").fill("Sam");
			screen.field("New password").fill(TestUsers.PASSWORD);
			screen.button("Create login and accept").click();
			assertThat(screen.heading("Welcome to Harbour Lights")).isFocused();
			assertThat(screen.page()).hasURL(fixture.service.url() + "/invitation");
			screen.link("Go to Harbour Lights").click();
			assertThat(screen.heading("Your access to Harbour Lights")).isVisible();
			assertThat(screen.locator().getByRole(AriaRole.MAIN).getByRole(AriaRole.LISTITEM)).hasCount(2);
			visitor.assertNoProblems();
		}
	}

	@Test
	void anExistingUserSignsInAndAccepts() {
		Person invitee = fixture.people.aUser();
		String path = path(ConsoleFixture.invite(owner, invitee.address(), "domains"));
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open(path));
			screen.field("E-mail address").fill(invitee.address());
			screen.field("Password").fill("not the password");
			screen.button("Sign in and accept").click();
			assertThat(screen.alert()).containsText("password");
			screen.field("Password").fill(TestUsers.PASSWORD);
			screen.button("Sign in and accept").click();
			assertThat(screen.heading("Welcome to Harbour Lights")).isVisible();
			visitor.assertNoProblems();
		}
	}

	@Test
	void anotherUserCanSwitchTheLogin() {
		Person invitee = fixture.people.aUser();
		Person another = fixture.people.aUser();
		String invitation = ConsoleFixture.invite(owner, invitee.address(), "domains");
		try (BrowserVisitor visitor = fixture.visit(another)) {
			Screen screen = Screen.of(visitor.open(path(invitation)));
			screen.button("Accept the invitation").click();
			assertThat(screen.alert()).containsText("You are signed in as " + another.address());
			assertThat(screen.locator()).not().containsText(invitee.address());
			assertThat(status(invitation)).isEqualTo("pending");
			screen.button("Switch login").click();
			assertThat(screen.field("E-mail address")).isFocused();
			screen.field("E-mail address").fill(invitee.address());
			screen.field("Password").fill(TestUsers.PASSWORD);
			screen.button("Sign in and accept").click();
			assertThat(screen.heading("Welcome to Harbour Lights")).isVisible();
			visitor.expecting("403 (Forbidden)").assertNoProblems();
		}
	}

	@Test
	void aSignedInUserAcceptsWithOneClick() {
		Person invitee = fixture.people.aUser();
		String invitation = ConsoleFixture.invite(owner, invitee.address(), "domains");
		try (BrowserVisitor visitor = fixture.visit(invitee)) {
			Screen screen = Screen.of(visitor.open(path(invitation)));
			assertThat(screen.text("You are signed in as")).containsText(invitee.address());
			assertThat(status(invitation)).isEqualTo("pending");
			screen.button("Accept the invitation").click();
			assertThat(screen.heading("Welcome to Harbour Lights")).isVisible();
			assertThat(status(invitation)).isEqualTo("accepted");
			visitor.assertNoProblems();
		}
	}

	@Test
	void anInviteeCanDeclineWithAReason() {
		String invitation = ConsoleFixture.invite(owner, TestUsers.anAddress(), "domains");
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open(path(invitation)));
			screen.button("Decline").click();
			Screen dialog = screen.dialog("Decline the invitation to Harbour Lights?");
			assertThat(status(invitation)).isEqualTo("pending");
			dialog.field("Reason (optional)").fill("I don't work there\nany more.");
			dialog.button("Decline").click();
			assertThat(screen.heading("Invitation declined")).isFocused();
			assertThat(owner.client().get(owner.path("/invitations/" + invitation)).at("declineReason"))
				.isEqualTo("I don't work there any more.");
			visitor.assertNoProblems();
		}
	}

	@Test
	void theMemberWhoOpensTheLinkAgainGetsIntoTheAccount() {
		Person invitee = fixture.people.aUser();
		String invitation = ConsoleFixture.invite(owner, invitee.address(), "domains");
		fixture.accept(owner, invitation, invitee);
		try (BrowserVisitor visitor = fixture.visit(invitee)) {
			Screen screen = Screen.of(visitor.open(path(invitation)));
			assertInAccount(screen);
			assertThat(screen.status("You already accepted this invitation.")).isVisible();
			visitor.expecting(GONE).assertNoProblems();
		}
	}

	@Test
	void theMemberSignsInWithAUsedLinkAndGetsIntoTheAccount() {
		Person invitee = fixture.people.aUser();
		Person another = fixture.people.aUser();
		String invitation = ConsoleFixture.invite(owner, invitee.address(), "domains");
		fixture.accept(owner, invitation, invitee);
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open(path(invitation)));
			assertThat(screen.heading("This invitation has already been answered")).isVisible();
			signIn(screen, another);
			screen.button("Use another login").click();
			assertThat(screen.field("E-mail address")).isFocused();
			signIn(screen, invitee);
			assertInAccount(screen);
			visitor.expecting(GONE).assertNoProblems();
		}
	}

	@Test
	void aNewUserTriesAgainAfterALostResponse() {
		String invitation = ConsoleFixture.invite(owner, TestUsers.anAddress(), "domains");
		try (BrowserVisitor visitor = fixture.visit()) {
			visitor.page().route("**/invitations/accept", (request) -> {
				request.fetch();
				request.abort();
			}, new Page.RouteOptions().setTimes(1));
			Screen screen = Screen.of(visitor.open(path(invitation)));
			screen.field("Your name").fill("Sam");
			screen.field("New password").fill(TestUsers.PASSWORD);
			screen.button("Create login and accept").click();
			assertThat(screen.alert()).isVisible();
			assertThat(status(invitation)).isEqualTo("accepted");
			screen.button("Create login and accept").click();
			assertThat(screen.heading("Welcome to Harbour Lights")).isVisible();
			visitor.expecting("/invitations/accept").expecting("ERR_FAILED").assertNoProblems();
		}
	}

	@Test
	void anAnswerInASecondTabIsShownLikeTheFirst() {
		Person invitee = fixture.people.aUser();
		String accepted = ConsoleFixture.invite(owner, invitee.address(), "domains");
		String declined = ConsoleFixture.invite(owner, TestUsers.anAddress(), "domains");
		try (BrowserVisitor visitor = fixture.visit(invitee)) {
			Screen screen = Screen.of(visitor.open(path(accepted)));
			assertThat(screen.button("Accept the invitation")).isVisible();
			fixture.accept(owner, accepted, invitee);
			screen.button("Accept the invitation").click();
			assertThat(screen.heading("Welcome to Harbour Lights")).isFocused();
			visitor.open(path(declined));
			screen.button("Decline").click();
			Screen dialog = screen.dialog("Decline the invitation to Harbour Lights?");
			fixture.service.anonymous().post("/invitations/decline", Map.of("token", fixture.token(owner, declined)));
			dialog.button("Decline").click();
			assertThat(screen.heading("Invitation declined")).isFocused();
			visitor.assertNoProblems();
		}
	}

	@Test
	void anInvalidLinkShowsTheReason() {
		String expiredInvitee = TestUsers.anAddress();
		String expired = path(ConsoleFixture.invite(owner, expiredInvitee, "domains"));
		fixture.database.letSevenDaysPass(owner.account(), expiredInvitee);
		String revoked = ConsoleFixture.invite(owner, TestUsers.anAddress(), "domains");
		owner.client().send("POST", owner.path("/invitations/" + revoked + "/revoke"), null);
		Person member = fixture.people.aUser();
		String used = ConsoleFixture.invite(owner, member.address(), "domains");
		member.client().post("/invitations/accept", Map.of("token", fixture.token(owner, used)));
		try (BrowserVisitor visitor = fixture.visit()) {
			Screen screen = Screen.of(visitor.open(expired));
			assertThat(screen.heading("This invitation has expired")).isVisible();
			visitor.open(path(revoked));
			assertThat(screen.heading("This invitation was revoked")).isVisible();
			visitor.open(path(used));
			assertThat(screen.heading("This invitation has already been answered")).isVisible();
			visitor.open("/invitation#" + "A".repeat(92));
			assertThat(screen.heading("This link is incomplete")).isVisible();
			visitor.open("/invitation#half-of-it");
			assertThat(screen.heading("This link is incomplete")).isVisible();
			visitor.expecting(GONE).expecting("404 (Not Found)").expecting("400 (Bad Request)").assertNoProblems();
		}
	}

	private static void signIn(Screen screen, Person person) {
		screen.field("E-mail address").fill(person.address());
		screen.field("Password").fill(TestUsers.PASSWORD);
		screen.button("Sign in").click();
	}

	private static void assertInAccount(Screen screen) {
		assertThat(screen.heading("Your access to Harbour Lights")).isVisible();
		assertThat(screen.page()).hasURL(fixture.service.url() + "/accounts/" + owner.account());
	}

	private static String path(String invitation) {
		return "/invitation#" + fixture.token(owner, invitation);
	}

	private static String status(String invitation) {
		return owner.client().get(owner.path("/invitations/" + invitation)).at("status");
	}

}
