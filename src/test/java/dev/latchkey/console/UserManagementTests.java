package dev.latchkey.console;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.stream.IntStream;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
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
 * The lists of members and invitations, with search, filters, pages and actions.
 */
@ServiceTest
class UserManagementTests {

	private static final String KOLKATA = "Asia/Kolkata";

	static ConsoleFixture fixture;

	@BeforeAll
	static void start() {
		fixture = ConsoleFixture.shared();
	}

	@Test
	void membersAreListedWithNameAndPermissionsAndTheOwnerHasABadge() {
		Owner owner = fixture.owner("Harbour Lights");
		Person ada = fixture.people.aUser(TestUsers.anAddress(), "Ada");
		fixture.join(owner, ada, "tickets", "domains", "invoices", "quotes", "orders");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen members = ConsoleFixture.open(visitor, owner, "/users").region("Members 2");
			Screen ownerRow = members.row(owner.person().address());
			assertThat(ownerRow.locator().getByText("Owner")).isVisible();
			assertThat(ownerRow.locator()).containsText("All 13 permissions");
			assertThat(ownerRow.locator().getByRole(AriaRole.BUTTON)).hasCount(0);
			Screen row = members.row(ada.address());
			assertThat(row.link("Ada")).isVisible();
			assertThat(row.locator().getByText("Owner")).hasCount(0);
			assertThat(row.text("Place New Orders/Upgrades/Cancellations")).isHidden();
			row.button("2 more").click();
			assertThat(row.button("Show fewer")).hasAttribute("aria-expanded", "true");
			visitor.assertNoProblems();
		}
	}

	@Test
	void invitationsShowTheirStatusAndTheStatusOfTheirMails() {
		Owner owner = fixture.owner("Status texts");
		String expired = TestUsers.anAddress();
		String open = TestUsers.anAddress();
		ConsoleFixture.invite(owner, expired, "tickets");
		fixture.mails.awaitMail(expired);
		fixture.database.letSevenDaysPass(owner.account(), expired);
		ConsoleFixture.invite(owner, open, "tickets");
		fixture.mails.awaitMail(open);
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			assertThat(screen.row(open).locator()).containsText("Pending");
			assertThat(screen.row(open).locator()).containsText("E-mail sent");
			assertThat(screen.row(expired).locator()).containsText("Expired");
			screen.row(expired).button("Resend " + expired).click();
			assertThat(screen.status("A new link is on its way to " + expired)).isVisible();
			assertThat(screen.row(expired).locator()).containsText("Pending");
			fixture.mails.awaitMail(expired, 2);
			screen.row(open).button("Revoke " + open).click();
			screen.dialog("Revoke the invitation for " + open + "?").button("Revoke").click();
			assertThat(screen.row(open).locator()).containsText("Revoked");
			assertThat(screen.row(open).button("Resend " + open)).hasCount(0);
			visitor.assertNoProblems();
		}
	}

	@Test
	void timesAreRelativeAndShowTheExactLocalTimeOnHover() {
		Owner owner = fixture.owner("Zones");
		String invitee = TestUsers.anAddress();
		ConsoleFixture.invite(owner, invitee, "tickets");
		fixture.database.update("update invitation set issued_at = issued_at - interval '3 hours' where email = ?",
				invitee);
		try (BrowserVisitor visitor = fixture.visit(owner.person(), (options) -> options.setTimezoneId(KOLKATA))) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			Locator time = screen.row(invitee).text("3 hours ago");
			assertThat(time).isVisible();
			assertThat(screen.row(invitee).text("in 7 days")).isVisible();
			Instant at = Instant.parse(time.getAttribute("datetime"));
			assertThat(time.getAttribute("title"))
				.contains(DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.of(KOLKATA)).format(at))
				.contains("GMT+5:30");
			visitor.assertNoProblems();
		}
	}

	@Test
	void searchAndStatusFilterTheListsAndSurviveAReload() {
		Owner owner = fixture.owner("Search");
		String ada = "ada." + TestUsers.anAddress();
		String bob = "bob." + TestUsers.anAddress();
		ConsoleFixture.invite(owner, ada, "tickets");
		String revoked = ConsoleFixture.invite(owner, bob, "tickets");
		owner.client().send("POST", owner.path("/invitations/" + revoked + "/revoke"), null);
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			Screen invitations = screen.region("Invitations");
			assertThat(invitations.button("All 2")).hasAttribute("aria-pressed", "true");
			invitations.button("Revoked 1").click();
			assertThat(invitations.row(ada).locator()).hasCount(0);
			assertThat(invitations.row(bob).locator()).isVisible();
			invitations.button("Accepted 0").click();
			assertThat(invitations.text("There are no invitations with the status “Accepted”.")).isVisible();
			invitations.button("All 2").click();
			assertThat(invitations.row(bob).locator()).isVisible();
			screen.field("Search by name or e-mail address").fill("ada.");
			assertThat(invitations.row(bob).locator()).hasCount(0);
			assertThat(invitations.row(ada).locator()).isVisible();
			visitor.page().reload();
			assertThat(screen.field("Search by name or e-mail address")).hasValue("ada.");
			assertThat(invitations.row(ada).locator()).isVisible();
			assertThat(invitations.row(bob).locator()).hasCount(0);
			screen.field("Search by name or e-mail address").fill("nobody at all");
			assertThat(invitations.text("No results for “nobody at all”.")).isVisible();
			visitor.assertNoProblems();
		}
	}

	@Test
	void longListsArePaged() throws IOException {
		Owner owner = fixture.owner("Pages");
		String group = "group" + TestUsers.anAddress();
		IntStream.rangeClosed(10, 21).forEach((number) -> ConsoleFixture.invite(owner, number + group, "tickets"));
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			Screen invitations = screen.region("Invitations");
			assertThat(invitations.row(group).locator()).hasCount(10);
			assertThat(invitations.text("1 to 10")).isVisible();
			assertThat(invitations.button("Previous")).isDisabled();
			invitations.button("Next").click();
			assertThat(invitations.text("11 to 12")).isVisible();
			assertThat(invitations.row(group).locator()).hasCount(2);
			assertThat(invitations.button("Next")).isDisabled();
			Download csv = visitor.page().waitForDownload(() -> invitations.button("CSV (Invitations)").click());
			assertThat(Files.readString(csv.path())).contains("10" + group, "21" + group);
			invitations.button("Previous").click();
			assertThat(invitations.text("1 to 10")).isVisible();
			visitor.assertNoProblems();
		}
	}

}
