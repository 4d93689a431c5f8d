package dev.latchkey.console;

import java.util.Map;

import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * One invitation as its owner sees it: what has become of it and of its mails, and what
 * can be done about it.
 */
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
	void theTimelineTellsWhatHappenedAndWhyAMailFailed() {
		Owner owner = fixture.owner("Harbour Lights");
		String invitee = TestUsers.anAddress();
		mails.answer(invitee, Step.RCPT, "550 5.1.1 no such mailbox here");
		String invitation = ConsoleFixture.invite(owner, invitee, "domains", "invoices");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/invitations/" + invitation);
			assertThat(screen.heading(invitee)).isVisible();
			Screen timeline = screen.region("Timeline");
			assertThat(timeline.entry(owner.person().address() + " invited " + invitee).part())
				.containsText("View Domains");
			assertThat(timeline.entry("The mail was queued.").part()).isVisible();
			assertThat(timeline.entry("could not be delivered").part()).containsText("no such mailbox here");
			assertThat(timeline.entry("The invitation runs out").part()).containsText("in 7 days");
			assertThat(screen.region("State").part()).containsText("Mail failed");
			visitor.assertContent();
		}
	}

	@Test
	void itIsSentAgainAndThenRevoked() {
		Owner owner = fixture.owner("Again");
		String invitee = TestUsers.anAddress();
		String invitation = ConsoleFixture.invite(owner, invitee, "domains");
		fixture.database.update("update invitation set issued_at = issued_at - interval '1 hour' where id = ?::uuid",
				invitation);
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/invitations/" + invitation);
			assertThat(screen.region("Timeline").entry("was sent").part()).isVisible();
			screen.button("Resend").click();
			assertThat(screen.told(invitee + " gets a new link")).isVisible();
			assertThat(screen.region("Timeline").entry("a new link").part()).isVisible();
			screen.button("Resend").click();
			assertThat(screen.told("Try again in")).isVisible();
			screen.button("Revoke").click();
			Screen question = screen.dialog("Revoke the invitation of " + invitee + "?");
			assertThat(question.button("Cancel")).isFocused();
			question.button("Revoke").click();
			assertThat(screen.region("Timeline").entry("revoked the invitation").part()).isVisible();
			assertThat(screen.region("State").part()).containsText("Revoked");
			assertThat(screen.button("Resend")).hasCount(0);
			assertThat(screen.button("Edit")).hasCount(0);
			visitor.expecting("429 (Too Many Requests)").assertContent();
		}
	}

	@Test
	void whatItOffersIsEditedWhileItIsPending() {
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
			assertThat(screen.told("The permissions of " + invitee + " are saved.")).isVisible();
			assertThat(screen.region("Permissions").part()).containsText("View Emails");
			assertThat(screen.region("Permissions").text("View Domains")).hasCount(0);
			Screen change = screen.region("Timeline").entry("changed what " + invitee + " is offered");
			assertThat(change.part().first()).containsText("Taken away");
			visitor.assertContent();
		}
	}

	@Test
	void whoeverDeclinesIsHeardWithTheirReason() {
		Owner owner = fixture.owner("Declined");
		String invitee = TestUsers.anAddress();
		String invitation = ConsoleFixture.invite(owner, invitee, "domains");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = ConsoleFixture.open(visitor, owner, "/invitations/" + invitation);
			assertThat(screen.live("Live")).isVisible();
			Answer declined = fixture.service.anonymous()
				.post("/invitations/decline",
						Map.of("token", fixture.token(owner, invitation), "reason", "I have left the company."));
			assertThat(declined.status()).as(declined.text()).isEqualTo(204);
			assertThat(screen.region("State").part()).containsText("Declined");
			assertThat(screen.region("State").part()).containsText("I have left the company.");
			visitor.assertContent();
		}
	}

}
