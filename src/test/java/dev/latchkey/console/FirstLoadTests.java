package dev.latchkey.console;

import java.util.concurrent.atomic.AtomicLong;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The number of bytes that a browser with an empty cache loads until a page is shown.
 */
@ServiceTest
class FirstLoadTests {

	private static final long MAX_BYTES = 150_000;

	static ConsoleFixture fixture;

	@BeforeAll
	static void start() {
		fixture = ConsoleFixture.shared();
	}

	@Test
	void userManagementLoadsLessThan150Kilobytes() {
		Owner owner = fixture.owner("Harbour Lights");
		try (BrowserVisitor visitor = fixture.visit(owner.person())) {
			AtomicLong bytes = countBytes(visitor);
			Screen screen = ConsoleFixture.open(visitor, owner, "/users");
			assertThat(screen.liveStatus("Live")).isVisible();
			assertThat(screen.row(owner.person().address()).locator()).isVisible();
			visitor.assertNoProblems();
			assertThat(bytes.get()).isBetween(40_000L, MAX_BYTES);
		}
	}

	@Test
	void signInLoadsLessThan150Kilobytes() {
		try (BrowserVisitor visitor = fixture.visit()) {
			AtomicLong bytes = countBytes(visitor);
			assertThat(Screen.of(visitor.open("/sign-in")).heading("Sign in")).isVisible();
			visitor.assertNoProblems();
			assertThat(bytes.get()).isBetween(30_000L, MAX_BYTES);
		}
	}

	/** Counts the bytes of headers and bodies as they were sent, with compression. */
	private static AtomicLong countBytes(BrowserVisitor visitor) {
		AtomicLong bytes = new AtomicLong();
		CDPSession session = visitor.context().newCDPSession(visitor.page());
		session.send("Network.enable");
		session.on("Network.loadingFinished",
				(JsonObject finished) -> bytes.addAndGet(finished.get("encodedDataLength").getAsLong()));
		return bytes;
	}

}
