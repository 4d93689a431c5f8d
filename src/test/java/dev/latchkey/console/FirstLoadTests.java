package dev.latchkey.console;

import java.util.concurrent.atomic.AtomicLong;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much comes over the wire until a page is there, with nothing kept from before.
 */
class FirstLoadTests {

	private static final long BUDGET = 150_000;

	static ConsoleFixture fixture;

	@BeforeAll
	static void start() {
		fixture = new ConsoleFixture();
	}

	@AfterAll
	static void stop() {
		fixture.close();
	}

	@Test
	void userManagementIsBelow150Kilobytes() {
		Owner owner = fixture.owner("Harbour Lights");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			AtomicLong bytes = count(visitor);
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			assertThat(screen.live("Live")).isVisible();
			assertThat(screen.row(owner.person().address()).part()).isVisible();
			visitor.assertContent();
			assertThat(bytes.get()).isBetween(40_000L, BUDGET);
		}
	}

	@Test
	void signingInIsBelow150Kilobytes() {
		try (BrowserVisitor visitor = fixture.visit()) {
			AtomicLong bytes = count(visitor);
			assertThat(Screen.of(visitor.open("/sign-in")).heading("Sign in")).isVisible();
			visitor.assertContent();
			assertThat(bytes.get()).isBetween(30_000L, BUDGET);
		}
	}

	/** Headers and bodies, as compressed as they came. */
	private static AtomicLong count(BrowserVisitor visitor) {
		AtomicLong bytes = new AtomicLong();
		CDPSession session = visitor.context().newCDPSession(visitor.page());
		session.send("Network.enable");
		session.on("Network.loadingFinished",
				(JsonObject finished) -> bytes.addAndGet(finished.get("encodedDataLength").getAsLong()));
		return bytes;
	}

}
