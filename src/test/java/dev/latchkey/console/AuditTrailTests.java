package dev.latchkey.console;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.options.SelectOption;
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
 * All that has happened in an account, to read, to narrow and to take away.
 */
class AuditTrailTests {

	static ConsoleFixture fixture;

	static Owner owner;

	static Person ada;

	@BeforeAll
	static void start() {
		fixture = new ConsoleFixture();
		owner = fixture.owner("Harbour Lights");
		ada = fixture.people.aUser(TestUsers.anAddress(), "=Ada");
		String invitation = ConsoleFixture.invite(owner, ada.address(), "tickets", "domains");
		// An invitation that is accepted before its mail has gone calls the mail off.
		owner.awaitSent(invitation);
		fixture.accept(owner, invitation, ada);
		owner.client().delete(owner.path("/members/" + ada.id()));
	}

	@AfterAll
	static void stop() {
		fixture.close();
	}

	@Test
	void everythingIsThereNewestFirstAndCanBeNarrowed() {
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			screen.link("Audit trail").click();
			assertThat(screen.entry("removed =Ada").part()).isVisible();
			assertThat(screen.entry("accepted the invitation").part()).isVisible();
			assertThat(screen.entry("created the account").part()).isVisible();
			screen.choice("Show").selectOption(new SelectOption().setLabel("Member removed"));
			assertThat(screen.entry("created the account").part()).hasCount(0);
			assertThat(screen.entry("removed =Ada").part()).isVisible();
			visitor.page().reload();
			assertThat(screen.entry("removed =Ada").part()).isVisible();
			assertThat(screen.entry("created the account").part()).hasCount(0);
			screen.choice("Show").selectOption(new SelectOption().setLabel("Member left"));
			assertThat(screen.text("Nothing of this kind has happened yet.")).isVisible();
			visitor.assertContent();
		}
	}

	/** A name that a spreadsheet would take for a formula is taken for a text. */
	@Test
	void itIsDownloadedAsCsv() throws IOException {
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/audit");
			assertThat(screen.entry("removed =Ada").part()).isVisible();
			Download download = visitor.page().waitForDownload(() -> screen.button("Download as CSV").click());
			assertThat(download.suggestedFilename()).isEqualTo("audit-trail.csv");
			List<String> lines = Files.readAllLines(download.path());
			assertThat(lines.get(0)).contains("seq,at,type,actor");
			assertThat(lines).hasSize(6)
				.anyMatch((line) -> line.contains("member.removed") && line.contains(ada.address()))
				.anyMatch((line) -> line.contains("invitation.created") && line.contains("domains"))
				.noneMatch((line) -> line.contains(",=") || line.contains("\"="));
			visitor.assertContent();
		}
	}

}
