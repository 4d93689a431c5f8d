package dev.latchkey.console;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
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
 * Inviting several users at once, with pasted addresses or a file.
 */
@ServiceTest
class BulkInviteFlowTests {

	private static final String INVITE = "Invite New User";

	private static final String CREATE_DROPPED_FILE = """
			(text) => {
				const transfer = new DataTransfer();
				transfer.items.add(new File([text], 'people.csv', { type: 'text/csv' }));
				return transfer;
			}""";

	static ConsoleFixture fixture;

	@BeforeAll
	static void start() {
		fixture = ConsoleFixture.shared();
	}

	@Test
	void pastedAddressesAreInvitedAndEachResultIsShown() {
		Owner owner = fixture.owner("Pasted");
		Person member = fixture.people.aUser();
		fixture.join(owner, member, "tickets");
		String pending = TestUsers.anAddress();
		ConsoleFixture.invite(owner, pending, "tickets");
		String invitee = TestUsers.anAddress();
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button(INVITE).click();
			Screen dialog = screen.dialog(INVITE);
			paste(visitor, dialog,
					invitee + ", Ada <" + member.address() + ">; " + pending + "\nbroken@nowhere..example");
			assertThat(dialog.text("4 addresses")).isVisible();
			dialog.checkbox("View & Open Support Tickets").check();
			dialog.button("Send 4 invitations").click();
			Screen results = screen.dialog("Sending invitations");
			assertThat(results.status("4 of 4 done."))
				.containsText("1 invited, 1 already had an invitation, 1 was already a member, 1 rejected");
			assertThat(results.locator().getByRole(AriaRole.PROGRESSBAR)).hasAttribute("value", "4");
			assertThat(results.listItem(invitee).locator()).containsText("Invited");
			assertThat(results.listItem(pending).locator()).containsText("Already has a pending invitation");
			assertThat(results.listItem(member.address()).locator()).containsText("Already a member");
			assertThat(results.listItem("broken@").locator()).containsText("address");
			results.button("Correct rejected addresses").click();
			assertThat(dialog.field("E-mail addresses")).hasValue("broken@nowhere..example");
			dialog.button("Cancel").click();
			assertThat(screen.row(invitee).locator()).containsText("Pending");
			assertThat(fixture.mails.awaitMail(invitee).token()).hasSize(92);
			visitor.assertNoProblems();
		}
	}

	@Test
	void pastedAddressesAreInvitedWholeOrRefused() {
		Owner owner = fixture.owner("Whole");
		String invitee = "pat.o'" + TestUsers.anAddress();
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button(INVITE).first().click();
			Screen dialog = screen.dialog(INVITE);
			paste(visitor, dialog, "O'Brien, Pat <" + invitee + ">; tom,lee@example.test");
			assertThat(dialog.field("E-mail addresses")).hasValue(invitee + "\ntom,lee@example.test");
			dialog.checkbox("View Domains").check();
			dialog.button("Send 2 invitations").click();
			Screen results = screen.dialog("Sending invitations");
			assertThat(results.listItem(invitee).locator()).containsText("Invited");
			assertThat(results.listItem("tom,lee@example.test").locator()).containsText("Enter an address");
			assertThat(fixture.mails.awaitMail(invitee).to()).isEqualTo(invitee);
			assertThat(owner.client().get(owner.path("/invitations")).json().path("items").size()).isEqualTo(1);
			visitor.assertNoProblems();
		}
	}

	@Test
	void aPastedAddressIsInsertedWithoutWhatSurroundsIt() {
		Owner owner = fixture.owner("Inserted");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button(INVITE).first().click();
			Screen dialog = screen.dialog(INVITE);
			paste(visitor, dialog, "[jane@example.org](mailto:jane@example.org)");
			assertThat(dialog.field("E-mail address")).hasValue("jane@example.org");
			dialog.field("E-mail address").fill("lee");
			paste(visitor, dialog, "a@example.org|b@example.org");
			assertThat(dialog.field("E-mail addresses")).hasValue("lee\na@example.org\nb@example.org");
			visitor.assertNoProblems();
		}
	}

	@Test
	void aDroppedFileMayContainThePermissionsOfEachUser() {
		Owner owner = fixture.owner("Dropped");
		String one = TestUsers.anAddress();
		String other = TestUsers.anAddress();
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button(INVITE).first().click();
			Screen dialog = screen.dialog(INVITE);
			JSHandle file = visitor.page()
				.evaluateHandle(CREATE_DROPPED_FILE,
						"email,permissions,locale\n" + one + ",domains tickets,de\n" + other + ",quotes,\n");
			dialog.field("E-mail address").dispatchEvent("drop", Map.of("dataTransfer", file));
			assertThat(dialog.text("people.csv")).isVisible();
			assertThat(dialog.locator()).containsText("The file contains the permissions of each user.");
			assertThat(dialog.locator().getByRole(AriaRole.CHECKBOX)).hasCount(0);
			dialog.button("Send 2 invitations").click();
			Screen results = screen.dialog("Sending invitations");
			assertThat(results.status("2 of 2 done. 2 invited")).isVisible();
			results.button("Close").last().click();
			assertThat(screen.row(one).locator()).containsText("View Domains");
			assertThat(screen.row(other).locator()).containsText("View & Accept Quotes");
			assertThat(fixture.mails.awaitMail(one).subject()).contains("eingeladen");
			visitor.assertNoProblems();
		}
	}

	/**
	 * The file is as German Excel writes it. The limit is lowered after the file has been
	 * read, so that a row is rejected that was valid before.
	 */
	@Test
	void aFileIsReadAsTheServiceUnderstandsItAndRejectedRowsKeepTheirPermissions() {
		Owner owner = fixture.owner("Spreadsheet");
		String one = TestUsers.anAddress();
		String other = TestUsers.anAddress();
		byte[] file = ("sep=;\r\nName;E-Mail;Berechtigungen;Straße\r\nJörg;" + one + ";Domains ansehen, Quotes;\r\nKim;"
				+ other + ";View Emails;\r\nLee;lee@nowhere..example;quotes;\r\nAnn;ann@example.test;Rechnung;\r\n")
			.getBytes(Charset.forName("windows-1252"));
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button(INVITE).first().click();
			Screen dialog = screen.dialog(INVITE);
			dialog.button("Invite several users").click();
			dialog.field("Choose a CSV file").setInputFiles(new FilePayload("people.csv", "text/csv", file));
			assertThat(dialog.locator()).containsText("people.csv: 2 addresses. The file contains the permissions");
			assertThat(dialog.locator()).containsText("These columns are not used: Name, Straße.");
			assertThat(dialog.locator()).containsText("2 rows are not sent:");
			assertThat(dialog.listItem("Line 5, lee@nowhere..example: ").locator()).isVisible();
			assertThat(dialog.listItem("Line 6, ann@example.test: ").locator())
				.containsText("There is no permission with the name \"Rechnung\".");
			limitPending(owner, "1");
			dialog.button("Send 2 invitations").click();
			screen.dialog("Sending invitations").button("Correct rejected addresses").click();
			Screen row = dialog.listItem("View Emails");
			assertThat(row.locator().getByRole(AriaRole.TEXTBOX)).hasValue(other);
			String corrected = TestUsers.anAddress();
			row.locator().getByRole(AriaRole.TEXTBOX).fill(corrected);
			limitPending(owner, "null");
			dialog.button("Send 1 invitation").click();
			Screen results = screen.dialog("Sending invitations");
			assertThat(results.status("1 of 1 done. 1 invited")).isVisible();
			results.button("Close").last().click();
			assertThat(screen.row(one).locator()).containsText("View Domains");
			assertThat(screen.row(corrected).locator()).containsText("View Emails");
			visitor.assertNoProblems();
		}
	}

	@Test
	void whatIsNotUsedOfAFileWithoutColumnNamesIsTold() {
		Owner owner = fixture.owner("Unnamed");
		try (BrowserVisitor visitor = fixture.visit(owner.person()).expecting("400 (Bad Request)")) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button(INVITE).first().click();
			Screen dialog = screen.dialog(INVITE);
			dialog.button("Invite several users").click();
			choose(dialog, TestUsers.anAddress() + ",quotes\n");
			assertThat(dialog.locator()).containsText("does not name its columns. Only the addresses");
			assertThat(dialog.checkbox("View Domains")).isVisible();
			dialog.button("Remove file").click();
			choose(dialog, "Person,Rights\n" + TestUsers.anAddress() + ",quotes\n");
			assertThat(dialog.locator()).containsText("It contains: Person, Rights");
			assertThat(dialog.button("Send 1 invitation")).isVisible();
			visitor.assertNoProblems();
		}
	}

	@Test
	void aLongFileIsReadInParts() {
		Owner owner = fixture.owner("Long");
		StringBuilder file = new StringBuilder("email,permissions\n");
		for (int row = 0; row < 2100; row++) {
			file.append("someone").append(row).append("@example.test,\"domains\nquotes\"\n");
		}
		file.append("nobody,quotes\n\n");
		fixture.database.update(
				"update account set max_pending = 10000, max_creations_per_day = 10000 where id = ?::uuid",
				owner.account());
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button(INVITE).first().click();
			Screen dialog = screen.dialog(INVITE);
			dialog.button("Invite several users").click();
			choose(dialog, file.toString());
			assertThat(dialog.locator()).containsText("2,100 addresses. The file contains the permissions");
			assertThat(dialog.listItem("Line 4202, nobody: ").locator()).isVisible();
			visitor.assertNoProblems();
		}
	}

	@Test
	void theSelectedPermissionsApplyToAFileWithoutPermissions() {
		Owner owner = fixture.owner("Chosen");
		String address = TestUsers.anAddress();
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button(INVITE).first().click();
			Screen dialog = screen.dialog(INVITE);
			dialog.button("Invite several users").click();
			dialog.field("Choose a CSV file")
				.setInputFiles(
						new FilePayload("list.csv", "text/csv", (address + "\n").getBytes(StandardCharsets.UTF_8)));
			dialog.button("Send 1 invitation").click();
			assertThat(dialog.text("Select at least one permission.")).isVisible();
			dialog.checkbox("View Domains").check();
			dialog.button("Send 1 invitation").click();
			assertThat(screen.status("1 of 1 done. 1 invited")).isVisible();
			visitor.assertNoProblems();
		}
	}

	private static void choose(Screen dialog, String file) {
		dialog.field("Choose a CSV file")
			.setInputFiles(new FilePayload("list.csv", "text/csv", file.getBytes(StandardCharsets.UTF_8)));
	}

	private static void limitPending(Owner owner, String max) {
		fixture.database.update("update account set max_pending = " + max + " where id = ?::uuid", owner.account());
	}

	private static void paste(BrowserVisitor visitor, Screen dialog, String text) {
		visitor.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
		visitor.page().evaluate("(text) => navigator.clipboard.writeText(text)", text);
		dialog.field("E-mail address").press("Control+v");
	}

}
