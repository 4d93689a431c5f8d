package dev.latchkey.docs;

import java.util.List;
import java.util.stream.Stream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.testing.Browser;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.OpenApiDocument;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation works in a real browser under the strict content security policy,
 * without requests to other hosts.
 */
@ServiceTest
class DocsTests {

	private static final String PREFIX = "/people";

	static Service service;

	static Service prefixed;

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database).start();
		prefixed = Service.on(database).set("latchkey.path-prefix", PREFIX).start();
	}

	@AfterAll
	static void stop() {
		service.close();
		prefixed.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", PREFIX })
	void everyOperationIsShownWithoutRequestsToOtherHosts(String prefix) {
		try (BrowserVisitor visitor = Browser.visit(prefix.isEmpty() ? service : prefixed)) {
			Page page = visitor.open(prefix + "/docs");
			assertThat(page.locator(".opblock")).hasCount(OpenApiDocument.operations().size());
			assertThat(shown(page)).containsExactlyInAnyOrderElementsOf(OpenApiDocument.operations().keySet());
			visitor.screenshot("docs");
			visitor.assertNoProblems();
		}
	}

	@Test
	void anOperationShowsItsSchemaAndExample() {
		try (BrowserVisitor visitor = Browser.visit(service)) {
			Page page = visitor.open("/docs");
			Locator invite = open(page, "operations-invitations-invite");
			Locator body = invite.locator(".opblock-section-request-body");
			assertThat(body.locator(".model-example")).containsText("sam@example.org");
			body.locator(".tablinks[data-name=model]").click();
			assertThat(body.locator(".model-box")).containsText("permissions*");
			assertThat(invite.locator("tr.response[data-code='409']")).containsText("invitation-pending");
			invite.evaluate("(operation) => operation.scrollIntoView()");
			visitor.screenshot("docs-operation");
			visitor.assertNoProblems();
		}
	}

	/**
	 * The token stays in the page and is not stored in the browser.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "", PREFIX })
	void anOperationCanBeTriedWithAToken(String prefix) {
		Owner owner = new TestUsers(service).anOwner();
		try (BrowserVisitor visitor = Browser.visit(prefix.isEmpty() ? service : prefixed)) {
			Page page = visitor.open(prefix + "/docs");
			page.locator(".btn.authorize").click();
			assertThat(page.locator(".auth-container input")).hasCount(1);
			page.locator(".auth-container input").fill(String.valueOf(owner.client().token()));
			page.locator(".auth-container .btn.authorize").click();
			visitor.screenshot("docs-token");
			page.locator(".btn-done").click();
			Locator accounts = open(page, "operations-accounts-listAccounts");
			accounts.locator(".try-out__btn").click();
			accounts.locator(".execute").click();
			assertThat(accounts.locator(".live-responses-table .response .response-col_status")).containsText("200");
			assertThat(accounts.locator(".live-responses-table")).containsText(owner.account());
			assertThat(page.evaluate("localStorage.length + sessionStorage.length")).isEqualTo(0);
			visitor.assertNoProblems();
		}
	}

	@Test
	void theDarkColorSchemeIsUsedIfPreferred() {
		try (BrowserVisitor visitor = Browser.visit(service.url(),
				(options) -> options.setColorScheme(ColorScheme.DARK))) {
			Page page = visitor.open("/docs");
			assertThat(page.locator(".opblock")).hasCount(OpenApiDocument.operations().size());
			assertThat(page.locator("html.dark-mode")).hasCount(1);
			visitor.screenshot("docs-dark");
			visitor.assertNoProblems();
		}
	}

	@Test
	void withoutScriptsThePageLinksToTheDocument() {
		try (BrowserVisitor visitor = Browser.visit(service.url(), (options) -> options.setJavaScriptEnabled(false))) {
			Page page = visitor.open("/docs");
			assertThat(page.locator("noscript a")).hasAttribute("href", "openapi.yaml");
		}
	}

	private static List<String> shown(Page page) {
		List<String> methods = page.locator(".opblock-summary-method").allInnerTexts();
		List<Object> paths = page.locator(".opblock-summary-path")
			.all()
			.stream()
			.map((path) -> (Object) path.getAttribute("data-path"))
			.toList();
		return Stream.iterate(0, (index) -> index + 1)
			.limit(methods.size())
			.map((index) -> methods.get(index) + " " + paths.get(index))
			.toList();
	}

	private static Locator open(Page page, String operation) {
		page.locator("#" + operation + " .opblock-summary-control").click();
		return page.locator("#" + operation);
	}

}
