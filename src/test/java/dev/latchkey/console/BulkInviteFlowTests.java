package dev.latchkey.console;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many people are invited at once: pasted, or dropped as a file.
 */
class BulkInviteFlowTests {

	private static final String INVITE = "Invite New User";

	private static final String DROPPED = """
			(text) => {
				const transfer = new DataTransfer();
				transfer.items.add(new File([text], 'people.csv', { type: 'text/csv' }));
				return transfer;
			}""";

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
	void severalPastedAddressesAreInvitedAndEachHearsWhatBecameOfIt() {
		Owner owner = fixture.owner("Pasted");
		Person member = fixture.people.aUser();
		fixture.join(owner, member, "tickets");
		String waiting = TestUsers.anAddress();
		ConsoleFixture.invite(owner, waiting, "tickets");
		String fresh = TestUsers.anAddress();
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button(INVITE).click();
			Screen dialog = screen.dialog(INVITE);
			paste(visitor, dialog,
					fresh + ", Ada <" + member.address() + ">; " + waiting + "\nbroken@nowhere..example");
			assertThat(dialog.text("4 addresses")).isVisible();
			dialog.checkbox("View & Open Support Tickets").check();
			dialog.button("Send 4 invitations").click();
			Screen results = screen.dialog("Sending invitations");
			assertThat(results.told("4 of 4 done."))
				.containsText("1 invited, 1 had an open invitation, 1 was a member, 1 refused");
			assertThat(results.part().getByRole(AriaRole.PROGRESSBAR)).hasAttribute("value", "4");
			assertThat(results.entry(fresh).part()).containsText("Invited");
			assertThat(results.entry(waiting).part()).containsText("Has an open invitation already");
			assertThat(results.entry(member.address()).part()).containsText("Is a member already");
			assertThat(results.entry("broken@").part()).containsText("address");
			results.button("Mend the refused ones").click();
			assertThat(dialog.field("E-mail addresses")).hasValue("broken@nowhere..example");
			dialog.button("Cancel").click();
			assertThat(screen.row(fresh).part()).containsText("Pending");
			assertThat(fixture.mails.awaitMail(fresh).token()).hasSize(92);
			visitor.assertContent();
		}
	}

	@Test
	void aDroppedFileMaySayWhatEachMayDo() {
		Owner owner = fixture.owner("Dropped");
		String one = TestUsers.anAddress();
		String other = TestUsers.anAddress();
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button(INVITE).first().click();
			Screen dialog = screen.dialog(INVITE);
			JSHandle file = visitor.page()
				.evaluateHandle(DROPPED,
						"email,permissions,locale\n" + one + ",domains tickets,de\n" + other + ",quotes,\n");
			dialog.field("E-mail address").dispatchEvent("drop", Map.of("dataTransfer", file));
			assertThat(dialog.text("people.csv")).isVisible();
			assertThat(dialog.part()).containsText("The file says what each of them may do.");
			assertThat(dialog.part().getByRole(AriaRole.CHECKBOX)).hasCount(0);
			dialog.button("Send 2 invitations").click();
			Screen results = screen.dialog("Sending invitations");
			assertThat(results.told("2 of 2 done. 2 invited")).isVisible();
			results.button("Close").last().click();
			assertThat(screen.row(one).part()).containsText("View Domains");
			assertThat(screen.row(other).part()).containsText("View & Accept Quotes");
			assertThat(fixture.mails.awaitMail(one).subject()).contains("eingeladen");
			visitor.assertContent();
		}
	}

	@Test
	void aChosenFileWithAddressesAloneTakesWhatIsPicked() {
		Owner owner = fixture.owner("Chosen");
		String address = TestUsers.anAddress();
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.button(INVITE).first().click();
			Screen dialog = screen.dialog(INVITE);
			dialog.button("Invite several").click();
			dialog.field("Choose a CSV file")
				.setInputFiles(
						new FilePayload("list.csv", "text/csv", (address + "\n").getBytes(StandardCharsets.UTF_8)));
			dialog.button("Send 1 invitation").click();
			assertThat(dialog.text("Select at least one permission.")).isVisible();
			dialog.checkbox("View Domains").check();
			dialog.button("Send 1 invitation").click();
			assertThat(screen.told("1 of 1 done. 1 invited")).isVisible();
			visitor.assertContent();
		}
	}

	private static void paste(BrowserVisitor visitor, Screen dialog, String text) {
		visitor.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
		visitor.page().evaluate("(text) => navigator.clipboard.writeText(text)", text);
		dialog.field("E-mail address").press("Control+v");
	}

}
