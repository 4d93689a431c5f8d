package dev.latchkey.console;

import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mail scanners open every link in their own browser. This must not consume the link.
 */
@ServiceTest
class MailScannerTests {

	private static final int HALF_A_MINUTE_MILLIS = 30_000;

	static ConsoleFixture fixture;

	@BeforeAll
	static void start() {
		fixture = ConsoleFixture.shared();
	}

	/**
	 * Half a minute passes on the page's clock: all timers of its scripts fire, but the
	 * test does not wait.
	 */
	@Test
	void aScannerThatRunsScriptsForHalfAMinuteConsumesNothing() {
		Owner owner = fixture.owner("Harbour Lights");
		String invitee = TestUsers.anAddress();
		String invitation = ConsoleFixture.invite(owner, invitee, "domains", "invoices");
		Mail mail = fixture.mails.awaitMail(invitee);
		awaitSent(owner, invitation);
		String before = events(owner);
		try (BrowserVisitor scanner = fixture.visit()) {
			scanner.page().clock().install();
			Page page = scanner.open("/invitation#" + mail.token());
			assertThat(
					Screen.of(page).heading("Name of " + owner.person().address() + " invites you to Harbour Lights"))
				.isVisible();
			page.clock().runFor(HALF_A_MINUTE_MILLIS / 2);
			imitateUser(page);
			page.clock().runFor(HALF_A_MINUTE_MILLIS / 2);
			scanner.assertNoProblems();
			assertThat(scanner.requests().stream().filter((address) -> address.contains("/api/v1/")))
				.allMatch((address) -> List.of("/session", "/permissions", "/invitations/preview")
					.stream()
					.anyMatch(address::endsWith));
		}
		assertThat(events(owner)).isEqualTo(before);
		assertThat(owner.client().get(owner.path("/invitations/" + invitation)).at("status")).isEqualTo("pending");
		Response preview = fixture.service.anonymous().post("/invitations/preview", Map.of("token", mail.token()));
		assertThat(preview.status()).as(preview.text()).isEqualTo(200);
	}

	/** What scanners do to imitate users. They do not click buttons. */
	private static void imitateUser(Page page) {
		for (int step = 1; step <= 10; step++) {
			page.mouse().move(60 * step, 40 * step);
			page.mouse().wheel(0, 100);
			page.keyboard().press("Tab");
		}
	}

	private static void awaitSent(Owner owner, String invitation) {
		Awaitility.await()
			.until(() -> owner.client()
				.get(owner.path("/invitations/" + invitation))
				.json()
				.path("delivery")
				.path("status")
				.asString()
				.equals("sent"));
	}

	private static String events(Owner owner) {
		Client client = owner.client();
		return client.get(owner.path("/events")).json().path("items").toString();
	}

}
