package dev.latchkey.console;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.options.SelectOption;
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
 * The audit trail of an account: the list, the filter and the download.
 */
@ServiceTest
class AuditTrailTests {

	static ConsoleFixture fixture;

	static Owner owner;

	static Person ada;

	@BeforeAll
	static void start() {
		fixture = ConsoleFixture.shared();
		owner = fixture.owner("Harbour Lights");
		ada = fixture.people.aUser(TestUsers.anAddress(), "=Ada");
		String invitation = ConsoleFixture.invite(owner, ada.address(), "tickets", "domains");
		// Accepting an invitation before its mail has been sent would cancel the mail.
		owner.awaitSent(invitation);
		fixture.accept(owner, invitation, ada);
		owner.client().delete(owner.path("/members/" + ada.id()));
	}

	@Test
	void eventsAreListedAndCanBeFiltered() {
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.link("Audit trail").click();
			assertThat(screen.listItem("removed =Ada").locator()).isVisible();
			assertThat(screen.listItem("accepted the invitation").locator()).isVisible();
			assertThat(screen.listItem("created the account").locator()).isVisible();
			screen.select("Show").selectOption(new SelectOption().setLabel("Member removed"));
			assertThat(screen.listItem("created the account").locator()).hasCount(0);
			assertThat(screen.listItem("removed =Ada").locator()).isVisible();
			visitor.page().reload();
			assertThat(screen.listItem("removed =Ada").locator()).isVisible();
			assertThat(screen.listItem("created the account").locator()).hasCount(0);
			screen.select("Show").selectOption(new SelectOption().setLabel("Member left"));
			assertThat(screen.text("No events of this type yet.")).isVisible();
			visitor.assertNoProblems();
		}
	}

	/**
	 * A name that a spreadsheet would evaluate as a formula is written as text. The byte
	 * order mark makes spreadsheets read UTF-8.
	 */
	@Test
	void eventsCanBeDownloadedAsCsv() throws IOException {
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/audit");
			assertThat(screen.listItem("removed =Ada").locator()).isVisible();
			Download download = visitor.page().waitForDownload(() -> screen.button("Download as CSV").click());
			assertThat(download.suggestedFilename()).isEqualTo("audit-trail.csv");
			List<String> lines = Files.readAllLines(download.path());
			assertThat(lines.get(0)).startsWith("\uFEFFseq,at,type,actor");
			assertThat(lines).hasSize(6)
				.anyMatch((line) -> line.contains("member.removed") && line.contains(ada.address()))
				.anyMatch((line) -> line.contains("invitation.created") && line.contains("domains"))
				.noneMatch((line) -> line.contains(",=") || line.contains("\"="));
			visitor.assertNoProblems();
		}
	}

}
