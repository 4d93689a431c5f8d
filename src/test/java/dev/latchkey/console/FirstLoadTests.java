package dev.latchkey.console;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import dev.latchkey.testing.People.Owner;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicLong;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much comes over the wire until a page is there, with nothing kept from before.
 */
class FirstLoadTests {

	private static final long BUDGET = 150_000;

	static ConsoleScene scene;

	@BeforeAll
	static void start() {
		scene = new ConsoleScene();
	}

	@AfterAll
	static void stop() {
		scene.close();
	}

	@Test
	void userManagementIsBelow150Kilobytes() {
		Owner owner = scene.owner("Harbour Lights");
		try (Visitor visitor = scene.visit(owner.person())) {
			AtomicLong bytes = count(visitor);
			Screen screen = ConsoleScene.open(visitor, owner, "/users");
			assertThat(screen.live("Live")).isVisible();
			assertThat(screen.row(owner.person().address()).part()).isVisible();
			visitor.assertContent();
			assertThat(bytes.get()).isBetween(40_000L, BUDGET);
		}
	}

	@Test
	void signingInIsBelow150Kilobytes() {
		try (Visitor visitor = scene.visit()) {
			AtomicLong bytes = count(visitor);
			assertThat(Screen.of(visitor.open("/sign-in")).heading("Sign in")).isVisible();
			visitor.assertContent();
			assertThat(bytes.get()).isBetween(30_000L, BUDGET);
		}
	}

	/** Headers and bodies, as compressed as they came. */
	private static AtomicLong count(Visitor visitor) {
		AtomicLong bytes = new AtomicLong();
		CDPSession session = visitor.context().newCDPSession(visitor.page());
		session.send("Network.enable");
		session.on("Network.loadingFinished",
				(JsonObject finished) -> bytes.addAndGet(finished.get("encodedDataLength").getAsLong()));
		return bytes;
	}

}
