package dev.latchkey.console;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.microsoft.playwright.options.Cookie;
import dev.latchkey.testing.Browser;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.ReverseProxy;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a replica is replaced, its pages continue at another replica without showing a
 * lost connection.
 */
@ServiceTest
class ReplacedReplicaTests {

	private static final String COUNT_LOST = """
			() => {
				window.lost = 0;
				new MutationObserver(() => { window.lost += document.body.innerText.includes('Reconnecting'); })
					.observe(document.body, { subtree: true, childList: true, characterData: true });
			}
			""";

	private final TestDatabase database = TestDatabase.create();

	@Test
	void staysLive() {
		try (ReverseProxy proxy = ReverseProxy.start(); MailServer mails = MailServer.start()) {
			Service leaving = start(proxy, mails, 0);
			Owner owner = new TestUsers(leaving).anOwner();
			try (BrowserVisitor visitor = visit(proxy, owner)) {
				Screen screen = ConsoleFixture.open(visitor, owner, "/users");
				assertThat(screen.liveStatus("Live")).isVisible();
				visitor.page().evaluate(COUNT_LOST);
				Service staying = start(proxy, mails, 1);
				try {
					leaving.close();
					String invitee = TestUsers.anAddress();
					owner.client()
						.at(staying)
						.post(owner.path("/invitations"), Map.of("email", invitee, "permissions", List.of("tickets")));
					assertThat(screen.row(invitee).locator()).isVisible();
					assertThat(visitor.page().evaluate("() => window.lost")).isEqualTo(0);
					assertThat(visitor.requests().stream().filter((address) -> address.contains("/events?after=")))
						.hasSize(2);
					visitor.assertNoProblems();
				}
				finally {
					staying.close();
				}
			}
			finally {
				leaving.close();
			}
		}
	}

	private Service start(ReverseProxy proxy, MailServer mails, int number) {
		ReverseProxy.Slot slot = proxy.slot(number);
		Service service = Service.on(this.database)
			.mailingTo(mails)
			.set("management.server.port", Integer.toString(slot.probe()))
			.set("latchkey.base-url", url(proxy))
			.set("latchkey.shutdown.drain-delay", "1s")
			.withOwnEventLoops()
			.start(slot.port());
		proxy.awaitState(slot, true);
		return service;
	}

	private static BrowserVisitor visit(ReverseProxy proxy, Owner owner) {
		BrowserVisitor visitor = Browser.visit(url(proxy), (options) -> {
		});
		String token = Objects.requireNonNull(owner.client().token());
		visitor.context().addCookies(List.of(new Cookie("latchkey", token).setUrl(url(proxy))));
		return visitor;
	}

	private static String url(ReverseProxy proxy) {
		return "http://localhost:" + proxy.port();
	}

}
