package dev.latchkey.console;

import java.util.Map;

import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The detail page of an invitation, with its status, its timeline and its actions.
 */
@ServiceTest
class InvitationDetailTests {

	static ConsoleFixture fixture;

	static ScriptedMailServer mails;

	@BeforeAll
	static void start() {
		mails = ScriptedMailServer.start();
		fixture = new ConsoleFixture(mails.port());
	}

	@AfterAll
	static void stop() {
		fixture.close();
		mails.close();
	}

	@Test
	void theTimelineShowsEventsAndWhyAMailFailed() {
		Owner owner = fixture.owner("Harbour Lights");
		String invitee = TestUsers.anAddress();
		mails.answer(invitee, Step.RCPT, "550 5.1.1 no such mailbox here");
		String invitation = ConsoleFixture.invite(owner, invitee, "domains", "invoices");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/invitations/" + invitation);
			assertThat(screen.heading(invitee)).isVisible();
			Screen timeline = screen.region("Timeline");
			assertThat(timeline.listItem(owner.person().address() + " invited " + invitee).locator())
				.containsText("View Domains");
			assertThat(timeline.listItem("The e-mail was queued.").locator()).isVisible();
			assertThat(timeline.listItem("could not be delivered").locator()).containsText("no such mailbox here");
			assertThat(timeline.listItem("The invitation expires").locator()).containsText("in 7 days");
			assertThat(screen.region("Status").locator()).containsText("E-mail failed");
			visitor.assertNoProblems();
		}
	}

	@Test
	void anInvitationCanBeResentAndRevoked() {
		Owner owner = fixture.owner("Again");
		String invitee = TestUsers.anAddress();
		String invitation = ConsoleFixture.invite(owner, invitee, "domains");
		fixture.database.update("update invitation set issued_at = issued_at - interval '1 hour' where id = ?::uuid",
				invitation);
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/invitations/" + invitation);
			assertThat(screen.region("Timeline").listItem("was sent").locator()).isVisible();
			screen.button("Resend").click();
			assertThat(screen.status("A new link is on its way to " + invitee)).isVisible();
			assertThat(screen.region("Timeline").listItem("a new link").locator()).isVisible();
			screen.button("Resend").click();
			assertThat(screen.status("Try again in")).isVisible();
			screen.button("Revoke").click();
			Screen confirmation = screen.dialog("Revoke the invitation for " + invitee + "?");
			assertThat(confirmation.button("Cancel")).isFocused();
			confirmation.button("Revoke").click();
			assertThat(screen.region("Timeline").listItem("revoked the invitation").locator()).isVisible();
			assertThat(screen.region("Status").locator()).containsText("Revoked");
			assertThat(screen.button("Resend")).hasCount(0);
			assertThat(screen.button("Edit")).hasCount(0);
			visitor.expecting("429 (Too Many Requests)").assertNoProblems();
		}
	}

	@Test
	void permissionsCanBeEditedWhileTheInvitationIsPending() {
		Owner owner = fixture.owner("Edits");
		String invitee = TestUsers.anAddress();
		String invitation = ConsoleFixture.invite(owner, invitee, "domains");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/invitations/" + invitation);
			screen.button("Edit").click();
			Screen dialog = screen.dialog("Edit permissions of " + invitee);
			assertThat(dialog.checkbox("View Domains")).isChecked();
			dialog.checkbox("View Domains").uncheck();
			dialog.checkbox("View Emails").check();
			dialog.button("Save").click();
			assertThat(screen.status("The permissions of " + invitee + " have been saved.")).isVisible();
			assertThat(screen.region("Permissions").locator()).containsText("View Emails");
			assertThat(screen.region("Permissions").text("View Domains")).hasCount(0);
			Screen change = screen.region("Timeline")
				.listItem("changed the permissions in the invitation for " + invitee);
			assertThat(change.locator().first()).containsText("Removed");
			visitor.assertNoProblems();
		}
	}

	@Test
	void theReasonOfADeclinedInvitationIsShown() {
		Owner owner = fixture.owner("Declined");
		String invitee = TestUsers.anAddress();
		String invitation = ConsoleFixture.invite(owner, invitee, "domains");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/invitations/" + invitation);
			assertThat(screen.liveStatus("Live")).isVisible();
			Response declined = fixture.service.anonymous()
				.post("/invitations/decline",
						Map.of("token", fixture.token(owner, invitation), "reason", "I have left the company."));
			assertThat(declined.status()).as(declined.text()).isEqualTo(204);
			assertThat(screen.region("Status").locator()).containsText("Declined");
			assertThat(screen.region("Status").locator()).containsText("I have left the company.");
			visitor.assertNoProblems();
		}
	}

}
