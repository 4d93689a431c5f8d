package dev.latchkey.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.WebError;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user with their own browser context, so cookies and storage are not shared with other
 * visitors. It records all requests and all problems of its pages.
 */
public final class BrowserVisitor implements AutoCloseable {

	static final double TIMEOUT_MILLIS = 30_000;

	private static final Pattern HOST = Pattern.compile("^\\w+://([^/?#]+)");

	/** Runs in every document before the document's own scripts. */
	private static final String REPORT_VIOLATIONS = """
			addEventListener('securitypolicyviolation', (event) => reportViolation(
				event.effectiveDirective + ' forbids ' + (event.blockedURI || 'inline') + ' at ' + event.sourceFile
				+ ':' + event.lineNumber), true);
			""";

	private final String url;

	private final BrowserContext context;

	private final Page page;

	private final List<String> problems = new ArrayList<>();

	private final List<String> expectedProblems = new ArrayList<>();

	private final List<String> requests = new ArrayList<>();

	BrowserVisitor(String url, BrowserContext context) {
		this.url = url;
		this.context = context;
		context.setDefaultTimeout(TIMEOUT_MILLIS);
		context.exposeFunction("reportViolation", (arguments) -> this.problems.add("violation: " + arguments[0]));
		context.addInitScript(REPORT_VIOLATIONS);
		context.onRequest(this::recordRequest);
		context.onRequestFailed(this::recordFailure);
		context.onConsoleMessage(this::recordConsoleMessage);
		context.onWebError(this::recordException);
		this.page = context.newPage();
	}

	/**
	 * Opens a path of the service, such as {@code /docs}, and waits until it is loaded.
	 */
	public Page open(String path) {
		this.page.navigate(this.url + path);
		return this.page;
	}

	/**
	 * The first tab of this browser.
	 */
	public Page page() {
		return this.page;
	}

	/**
	 * Opens another tab of the same browser.
	 */
	public Page newPage() {
		return this.context.newPage();
	}

	/**
	 * The cookies, storage and settings of this browser.
	 */
	public BrowserContext context() {
		return this.context;
	}

	/**
	 * Ignores problems that contain a text. For example, Chromium logs an error for every
	 * response with a status of 400 or more.
	 */
	public BrowserVisitor expecting(String part) {
		this.expectedProblems.add(part);
		return this;
	}

	/**
	 * The unexpected problems so far: errors and warnings in the browser's console,
	 * exceptions, violations of the content security policy, and failed requests.
	 */
	public List<String> problems() {
		return this.problems.stream()
			.filter((problem) -> this.expectedProblems.stream().noneMatch(problem::contains))
			.toList();
	}

	/**
	 * The URLs of all requests so far, in order.
	 */
	public List<String> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * Fails if a request went to another host or if there was an unexpected problem.
	 * JavaScript must be enabled.
	 */
	public void assertNoProblems() {
		flushEvents();
		assertThat(hosts()).as("hosts that received requests").containsExactly(host(this.url).orElseThrow());
		assertThat(problems()).as("problems of the browser").isEmpty();
	}

	/**
	 * The hosts, with their ports, of all requests so far.
	 */
	public Set<String> hosts() {
		Set<String> hosts = new TreeSet<>();
		this.requests.forEach((request) -> host(request).ifPresent(hosts::add));
		return hosts;
	}

	/**
	 * Saves a screenshot of the window to {@code target/screenshots}.
	 * @param name the file name without its extension
	 */
	public void screenshot(String name) {
		this.page.screenshot(new ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Makes the browser deliver its pending events: it does so only during a call.
	 */
	private void flushEvents() {
		this.context.pages().forEach((open) -> open.evaluate("new Promise((done) => setTimeout(done))"));
	}

	private static Optional<String> host(String url) {
		Matcher host = HOST.matcher(url);
		return host.find() ? Optional.of(host.group(1)) : Optional.empty();
	}

	private void recordRequest(Request request) {
		this.requests.add(request.url());
	}

	/**
	 * When a page is left, its unfinished requests are aborted. This is not a problem.
	 */
	private void recordFailure(Request request) {
		if (!"net::ERR_ABORTED".equals(request.failure())) {
			this.problems.add("failed: " + request.method() + " " + request.url() + " " + request.failure());
		}
	}

	private void recordConsoleMessage(ConsoleMessage message) {
		if (Stream.of("error", "warning").anyMatch(message.type()::equals)) {
			this.problems.add("console: " + message.text() + " at " + message.location());
		}
	}

	private void recordException(WebError error) {
		this.problems.add("exception: " + error.error());
	}

}
