package dev.latchkey.console;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console in a real browser: it violates no policy, sends requests to its own service
 * only, and causes no errors.
 */
@ServiceTest
class ConsoleTests {

	/**
	 * Chromium logs an error for every response of 400 or more, here before signing in.
	 */
	private static final String NOT_SIGNED_IN = "401";

	static Service service;

	static Service prefixed;

	static TestUsers users;

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database).start();
		prefixed = Service.on(database).set("latchkey.path-prefix", "/people").start();
		users = new TestUsers(service);
	}

	@AfterAll
	static void stop() {
		prefixed.close();
		service.close();
	}

	/**
	 * At the second visit, the browser has cached the page and only revalidates it.
	 */
	@Test
	void opensAtTheFirstAndTheSecondVisit() {
		try (BrowserVisitor visitor = Browser.visit(prefixed).expecting(NOT_SIGNED_IN)) {
			for (int visit = 1; visit <= 2; visit++) {
				Page page = visitor.open("/people/");
				assertThat(page.getByRole(AriaRole.HEADING)).hasText("Sign in");
			}
			visitor.assertNoProblems();
		}
	}

	@Test
	void showsChangesWithoutAReload() {
		Owner owner = users.anOwner();
		String invitee = TestUsers.anAddress();
		try (BrowserVisitor visitor = Browser.visit(service).expecting(NOT_SIGNED_IN)) {
			Page page = signIn(visitor, owner);
			invite(page, invitee, "View & Pay Invoices");
			Locator row = page.getByTestId("invitation-" + invitee);
			assertThat(row).containsText("Pending");
			assertThat(row).containsText("in 7 days");
			String id = owner.client()
				.get(owner.path("/invitations"))
				.json()
				.path("items")
				.path(0)
				.path("id")
				.asString();
			assertThat(owner.client().send("POST", owner.path("/invitations/" + id + "/revoke"), null).status())
				.isEqualTo(200);
			assertThat(row).containsText("Revoked");
			visitor.screenshot("user-management");
			visitor.assertNoProblems();
		}
	}

	@Test
	void readsOneStreamForAllTabsAndContinuesWhenTheReadingTabIsClosed() {
		Owner owner = users.anOwner();
		try (BrowserVisitor visitor = Browser.visit(service).expecting(NOT_SIGNED_IN)) {
			Page first = signIn(visitor, owner);
			assertThat(first.getByTestId("live")).hasText("Live");
			Page second = visitor.newPage();
			second.navigate(service.url());
			assertThat(second.getByTestId("live")).hasText("Live");
			assertThat(streams(visitor)).hasSize(1);
			String address = TestUsers.anAddress();
			owner.invite(address, "quotes");
			assertThat(second.getByTestId("invitation-" + address)).isVisible();
			first.close();
			String another = TestUsers.anAddress();
			owner.invite(another, "quotes");
			assertThat(second.getByTestId("invitation-" + another)).isVisible();
			assertThat(streams(visitor)).hasSize(2);
		}
	}

	@Test
	void reportsALostConnectionAndShowsMissedChangesAfterReconnecting() {
		Owner owner = users.anOwner();
		try (BrowserVisitor visitor = Browser.visit(service).expecting(NOT_SIGNED_IN)) {
			Page page = signIn(visitor, owner);
			assertThat(page.getByTestId("live")).hasText("Live");
			visitor.context().setOffline(true);
			assertThat(page.getByTestId("live")).hasText("Reconnecting …");
			String address = TestUsers.anAddress();
			owner.invite(address, "quotes");
			visitor.context().setOffline(false);
			assertThat(page.getByTestId("live")).hasText("Live");
			assertThat(page.getByTestId("invitation-" + address)).isVisible();
		}
	}

	private static Page signIn(BrowserVisitor visitor, Owner owner) {
		Page page = visitor.open("/");
		page.getByLabel("E-mail address").fill(owner.person().address());
		page.getByLabel("Password").fill(TestUsers.PASSWORD);
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
		assertThat(page).hasTitle("User Management · Latchkey");
		return page;
	}

	private static void invite(Page page, String address, String permission) {
		Page.GetByRoleOptions invite = new Page.GetByRoleOptions().setName("Invite New User");
		page.getByRole(AriaRole.BUTTON, invite).first().click();
		Locator dialog = page.getByRole(AriaRole.DIALOG);
		dialog.getByLabel("E-mail address").fill(address);
		dialog.getByLabel(permission).check();
		dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Send"))).click();
		assertThat(dialog).isHidden();
	}

	private static List<String> streams(BrowserVisitor visitor) {
		return visitor.requests().stream().filter((address) -> address.contains("/events?after=")).toList();
	}

}
