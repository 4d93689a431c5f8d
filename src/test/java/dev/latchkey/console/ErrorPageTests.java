package dev.latchkey.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import dev.latchkey.testing.Browser;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * What users see at an unknown path or while the service fails, and the mailbox of a
 * service that has no mail server.
 */
@ServiceTest
class ErrorPageTests {

	static Service service;

	static Owner owner;

	@BeforeAll
	static void start() {
		service = Service.on(TestDatabase.create()).start();
		owner = new TestUsers(service).anOwner();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void unknownPathsShowAPage() {
		try (BrowserVisitor visitor = visit()) {
			Screen screen = Screen.of(visitor.open("/no-such-page"));
			assertThat(screen.heading("Page not found")).isVisible();
			visitor.open("/accounts/" + owner.person().id() + "/users");
			assertThat(screen.heading("Page not found")).isVisible();
			screen.link("Go to the start page").click();
			assertThat(screen.heading("User Management")).isVisible();
			visitor.expecting("404 (Not Found)").assertNoProblems();
		}
	}

	@Test
	void errorsAreShownAndCanBeRetried() {
		try (BrowserVisitor visitor = visit()) {
			visitor.page()
				.route("**/api/v1/session", (route) -> route.fulfill(new FulfillOptions().setStatus(503)),
						new Page.RouteOptions().setTimes(1));
			Screen screen = Screen.of(visitor.open("/accounts/" + owner.account() + "/users"));
			assertThat(screen.alert()).containsText("Something went wrong");
			screen.button("Try again").click();
			assertThat(screen.heading("User Management")).isVisible();
			visitor.expecting("503 (Service Unavailable)").assertNoProblems();
		}
	}

	@Test
	void theLocalMailboxShowsMailsAndTheirLinksWork() {
		String invitee = TestUsers.anAddress();
		ConsoleFixture.invite(owner, invitee, "domains");
		try (BrowserVisitor visitor = Browser.visit(service).expecting("401 (Unauthorized)")) {
			Screen screen = Screen.of(visitor.open("/local/mailbox"));
			assertThat(screen.heading("Local mailbox")).isVisible();
			screen.text(invitee).click();
			screen.locator().locator("a[href*='/invitation#']").click();
			assertThat(screen.button("Create login and accept")).isVisible();
			visitor.assertNoProblems();
		}
	}

	private static BrowserVisitor visit() {
		return ConsoleFixture.visit(service, owner.person(), (options) -> {
		});
	}

}
