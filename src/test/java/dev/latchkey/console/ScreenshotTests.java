package dev.latchkey.console;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Saves screenshots of the main pages, with realistic data, to
 * {@code target/screenshots}. The README uses some of them.
 */
@ServiceTest
class ScreenshotTests {

	private static final String LENA = "lena.hofmann@nordlicht.example";

	static ConsoleFixture fixture;

	static ScriptedMailServer mails;

	static Owner owner;

	static String pendingInvitation;

	@BeforeAll
	static void start() {
		mails = ScriptedMailServer.start();
		fixture = new ConsoleFixture(mails.port());
		owner = fixture.people.anOwner(fixture.people.aUser("marie.dubois@harbour-lights.example", "Marie Dubois"),
				"Harbour Lights");
		member("jonas.weber@harbour-lights.example", "Jonas Weber", "products", "domains", "managedomains", "tickets");
		member("priya.nair@ledgerworks.example", "Priya Nair", "invoices", "quotes");
		mails.answer("old.office@harbour-lights.example", Step.RCPT, "550 5.1.1 no such mailbox");
		invite("tomas.silva@brightside.example", "2 days", "emails", "tickets");
		invite("old.office@harbour-lights.example", "26 hours", "contacts");
		String declined = invite("akiko.mori@brightside.example", "5 hours", "quotes");
		fixture.service.anonymous()
			.post("/invitations/decline",
					Map.of("token", fixture.token(owner, declined), "reason", "I have changed teams."));
		pendingInvitation = invite(LENA, "3 hours", "domains", "managedomains", "invoices");
	}

	@AfterAll
	static void stop() {
		fixture.close();
		mails.close();
	}

	@Test
	void userManagementAndInviteDialog() {
		try (BrowserVisitor visitor = fixture.visit(owner.person(), windowSize(1200, 860))) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			assertThat(screen.liveStatus("Live")).isVisible();
			assertThat(screen.row(LENA).locator()).containsText("Manage Domain Settings");
			assertThat(screen.row("old.office").locator()).containsText("E-mail failed");
			assertThat(screen.row("Jonas Weber").locator()).isVisible();
			visitor.screenshot("users");
			screen.button("Invite New User").click();
			Screen dialog = screen.dialog("Invite New User");
			dialog.field("E-mail address").fill("sam.okafor@brightside.example");
			dialog.checkbox("Manage Domain Settings").check();
			dialog.checkbox("View & Pay Invoices").check();
			assertThat(dialog.text("2 of 13 selected")).isVisible();
			dialog.field("E-mail address").scrollIntoViewIfNeeded();
			visitor.screenshot("invite");
		}
	}

	@Test
	void invitationDetailAndAuditTrail() {
		try (BrowserVisitor visitor = fixture.visit(owner.person(), windowSize(1000, 900))) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/invitations/" + pendingInvitation);
			assertThat(screen.region("Timeline").listItem("was sent").locator()).isVisible();
			assertThat(screen.liveStatus("Live")).isVisible();
			visitor.screenshot("invitation-detail");
			ConsoleFixture.open(visitor, owner, "/audit");
			assertThat(screen.listItem("created the account").locator()).isVisible();
			visitor.screenshot("audit");
		}
	}

	@Test
	void invitationPageAndSignIn() {
		try (BrowserVisitor visitor = fixture.visit(windowSize(1000, 1100))) {
			Screen screen = Screen.of(visitor.open("/invitation#" + fixture.token(owner, pendingInvitation)));
			assertThat(screen.button("Create login and accept")).isVisible();
			visitor.screenshot("invitation");
			visitor.open("/sign-in");
			assertThat(screen.heading("Sign in")).isVisible();
			visitor.screenshot("sign-in");
		}
	}

	@Test
	void userManagementOnAPhoneInGermanAndDark() {
		try (BrowserVisitor visitor = fixture.visit(owner.person(),
				windowSize(390, 844).andThen((options) -> options.setColorScheme(ColorScheme.DARK)
					.setLocale("de-DE")
					.setTimezoneId("Europe/Berlin")))) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			assertThat(screen.heading("Benutzerverwaltung")).isVisible();
			assertThat(screen.row(LENA).locator()).containsText("vor 3 Stunden");
			visitor.screenshot("users-dark-de");
		}
	}

	private static Consumer<NewContextOptions> windowSize(int width, int height) {
		return (options) -> options.setViewportSize(width, height).setReducedMotion(ReducedMotion.REDUCE);
	}

	private static void member(String address, String name, String... permissions) {
		Person person = fixture.people.aUser(address, name);
		fixture.join(owner, person, permissions);
		fixture.database.update(
				"update membership set joined_at = joined_at - interval '9 days' where user_id = ?::uuid", person.id());
		fixture.database.update("update invitation set created_at = created_at - interval '9 days', "
				+ "issued_at = issued_at - interval '9 days', expires_at = expires_at - interval '9 days', "
				+ "ended_at = ended_at - interval '9 days' where email = ?", address);
	}

	/** Creates an invitation and then moves it into the past. Its mail is sent now. */
	private static String invite(String address, String ago, String... permissions) {
		String id = ConsoleFixture.invite(owner, address, permissions);
		List<String> changes = List.of(
				"update invitation set created_at = created_at - ?::interval, issued_at = issued_at - ?::interval, "
						+ "expires_at = expires_at - ?::interval where id = ?::uuid",
				"update account_event set at = at - ?::interval where type = 'invitation.created' and invitation_id = ?::uuid");
		fixture.database.update(changes.get(0), ago, ago, ago, id);
		fixture.database.update(changes.get(1), ago, id);
		return id;
	}

}
