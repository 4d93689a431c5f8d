package dev.latchkey.console;

import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Live updates between two browsers, two tabs, after a lost connection and after a
 * restart of a replica.
 */
@ServiceTest
class LiveTests {

	private static final String INVITE = "Invite New User";

	private static final String LIVE = "Live";

	private static final String LOST = "Reconnecting …";

	static ConsoleFixture fixture;

	@BeforeAll
	static void start() {
		fixture = ConsoleFixture.shared();
	}

	@Test
	void twoBrowsersShowEachOthersChanges() {
		Owner owner = fixture.owner("Harbour Lights");
		String invitee = TestUsers.anAddress();
		try (BrowserVisitor one = fixture.visit(owner.person());
				BrowserVisitor two = fixture.visit(fixture.people.signIn(owner.person().address()));
				BrowserVisitor guest = fixture.visit()) {
			Screen first = watch(one, owner);
			Screen second = watch(two, owner);
			first.button(INVITE).first().click();
			Screen dialog = first.dialog(INVITE);
			dialog.field("E-mail address").fill(invitee);
			dialog.checkbox("View Domains").check();
			dialog.button("Send invitation").click();
			assertThat(second.row(invitee).locator()).containsText("E-mail sent");
			Screen offer = Screen.of(guest.open(fixture.mailedPath(invitee, "/invitation", 1)));
			offer.field("Your name").fill("Sam");
			offer.field("New password").fill(TestUsers.PASSWORD);
			offer.button("Create login and accept").click();
			assertThat(first.status(invitee + " has accepted the invitation.")).isVisible();
			assertThat(second.region("Members 2").row(invitee).locator()).isVisible();
			second.button("Remove Sam").click();
			second.dialog("Remove Sam?").button("Confirm").click();
			assertThat(first.region("Members 1").row(invitee).locator()).hasCount(0);
			one.assertNoProblems();
			two.assertNoProblems();
			guest.assertNoProblems();
		}
	}

	@Test
	void tabsShareOneStreamAndAnotherTabTakesOver() {
		Owner owner = fixture.owner("Two tabs");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			watch(visitor, owner);
			Page tab = visitor.newPage();
			tab.navigate(fixture.service.url() + owner.path("/users"));
			Screen other = Screen.of(tab);
			assertThat(other.liveStatus(LIVE)).isVisible();
			String first = TestUsers.anAddress();
			ConsoleFixture.invite(owner, first, "tickets");
			assertThat(Screen.of(visitor.page()).row(first).locator()).isVisible();
			assertThat(other.row(first).locator()).isVisible();
			assertThat(streams(visitor)).isEqualTo(1);
			visitor.page().close();
			String second = TestUsers.anAddress();
			ConsoleFixture.invite(owner, second, "tickets");
			assertThat(other.row(second).locator()).isVisible();
			assertThat(streams(visitor)).isEqualTo(2);
			visitor.assertNoProblems();
		}
	}

	@Test
	void aLostConnectionIsShownAndMissedChangesAreLoaded() {
		Owner owner = fixture.owner("Offline");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			Screen screen = watch(visitor, owner);
			visitor.context().setOffline(true);
			assertThat(screen.liveStatus(LOST)).isVisible();
			String missed = TestUsers.anAddress();
			ConsoleFixture.invite(owner, missed, "tickets");
			visitor.context().setOffline(false);
			assertThat(screen.liveStatus(LIVE)).isVisible();
			assertThat(screen.row(missed).locator()).isVisible();
			visitor.expecting("ERR_INTERNET_DISCONNECTED").assertNoProblems();
		}
	}

	@Test
	void thePageReconnectsAfterARestart() {
		try (MailServer mails = MailServer.start()) {
			Service replica = Service.on(fixture.database).mailingTo(mails).withOwnEventLoops().start();
			int port = replica.port();
			Owner owner = fixture.owner("Restart");
			try (BrowserVisitor visitor = ConsoleFixture.visit(replica, owner.person(), (options) -> {
			})) {
				Screen screen = watch(visitor, owner);
				replica.close();
				assertThat(screen.liveStatus(LOST)).isVisible();
				String missed = TestUsers.anAddress();
				ConsoleFixture.invite(owner, missed, "tickets");
				replica = Service.on(fixture.database).mailingTo(mails).withOwnEventLoops().start(port);
				assertThat(screen.liveStatus(LIVE)).isVisible();
				assertThat(screen.row(missed).locator()).isVisible();
				String next = TestUsers.anAddress();
				owner.client()
					.at(replica)
					.post(owner.path("/invitations"), Map.of("email", next, "permissions", List.of("tickets")));
				assertThat(screen.row(next).locator()).isVisible();
				visitor.expecting("ERR_CONNECTION_REFUSED")
					.expecting("ERR_INCOMPLETE_CHUNKED_ENCODING")
					.assertNoProblems();
			}
			finally {
				replica.close();
			}
		}
	}

	private static Screen watch(BrowserVisitor visitor, Owner owner) {
		Screen screen = ConsoleFixture.open(visitor, owner, "/users");
		assertThat(screen.liveStatus(LIVE)).isVisible();
		return screen;
	}

	private static long streams(BrowserVisitor visitor) {
		return visitor.requests().stream().filter((address) -> address.contains("/events?after=")).count();
	}

}
