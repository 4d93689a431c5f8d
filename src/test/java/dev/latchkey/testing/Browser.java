package dev.latchkey.testing;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import org.jspecify.annotations.Nullable;

/**
 * The Chromium that is installed on this machine, shared by all tests of a run. It
 * resolves no host other than this one. Tests that need it are skipped if it is not
 * installed, and fail in CI.
 */
public final class Browser {

	private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");

	private static com.microsoft.playwright.@Nullable Browser running;

	private Browser() {
	}

	/**
	 * Opens a new browser context for a service.
	 */
	public static BrowserVisitor visit(Service service) {
		return visit(service.url());
	}

	/**
	 * Opens a new browser context for a server.
	 * @param url the base URL, without a trailing slash
	 */
	public static BrowserVisitor visit(String url) {
		return visit(url, (options) -> {
		});
	}

	/**
	 * Opens a new browser context with other options, such as the language, the window
	 * size or disabled JavaScript. Without other options the page shows no animations,
	 * because the processor draws each frame of them.
	 */
	public static BrowserVisitor visit(String url, Consumer<NewContextOptions> customizer) {
		NewContextOptions options = new NewContextOptions().setLocale("en-GB")
			.setViewportSize(1280, 900)
			.setReducedMotion(ReducedMotion.REDUCE);
		customizer.accept(options);
		return new BrowserVisitor(url, chromium().newContext(options));
	}

	private static synchronized com.microsoft.playwright.Browser chromium() {
		FastRing.refuse("a browser");
		com.microsoft.playwright.Browser browser = running;
		if (browser == null) {
			browser = launch();
			running = browser;
		}
		return browser;
	}

	private static com.microsoft.playwright.Browser launch() {
		LaunchOptions options = new LaunchOptions().setExecutablePath(InstalledPrograms.require("chromium"))
			.setArgs(FLAGS);
		Playwright playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
		PlaywrightAssertions.setDefaultAssertionTimeout(BrowserVisitor.TIMEOUT_MILLIS);
		return playwright.chromium().launch(options);
	}

}
