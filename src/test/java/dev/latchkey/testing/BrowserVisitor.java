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
 * Somebody with a browser of their own: cookies and storage are theirs alone. Whatever
 * the browser asks for and whatever it complains of is kept, on all of their pages.
 */
public final class BrowserVisitor implements AutoCloseable {

	static final double PATIENCE_MILLIS = 30_000;

	private static final Pattern HOST = Pattern.compile("^\\w+://([^/?#]+)");

	/** Runs in every document before its own scripts do. */
	private static final String REPORT_VIOLATIONS = """
			addEventListener('securitypolicyviolation', (event) => reportViolation(
				event.effectiveDirective + ' forbids ' + (event.blockedURI || 'inline') + ' at ' + event.sourceFile
				+ ':' + event.lineNumber), true);
			""";

	private final String url;

	private final BrowserContext context;

	private final Page page;

	private final List<String> complaints = new ArrayList<>();

	private final List<String> expected = new ArrayList<>();

	private final List<String> requests = new ArrayList<>();

	BrowserVisitor(String url, BrowserContext context) {
		this.url = url;
		this.context = context;
		context.setDefaultTimeout(PATIENCE_MILLIS);
		context.exposeFunction("reportViolation", (arguments) -> this.complaints.add("violation: " + arguments[0]));
		context.addInitScript(REPORT_VIOLATIONS);
		context.onRequest(this::asked);
		context.onRequestFailed(this::failed);
		context.onConsoleMessage(this::said);
		context.onWebError(this::threw);
		this.page = context.newPage();
	}

	/**
	 * Goes to a path of the service, such as {@code /docs}, and waits until it is there.
	 */
	public Page open(String path) {
		this.page.navigate(this.url + path);
		return this.page;
	}

	/**
	 * The page that is open.
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
	 * All cookies, storage and settings of this browser.
	 */
	public BrowserContext context() {
		return this.context;
	}

	/**
	 * Takes complaints with this text in them for what they should be, such as the line
	 * that Chromium writes for every answer of 400 and more.
	 */
	public BrowserVisitor expecting(String part) {
		this.expected.add(part);
		return this;
	}

	/**
	 * What went wrong so far, and was not expected: errors and warnings in the console,
	 * exceptions, forbidden loads, failed requests.
	 */
	public List<String> complaints() {
		return this.complaints.stream()
			.filter((complaint) -> this.expected.stream().noneMatch(complaint::contains))
			.toList();
	}

	/**
	 * The addresses that were asked for so far, in order.
	 */
	public List<String> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * Fails if anything was asked of another host, or if anything went wrong. Needs a
	 * browser that runs scripts.
	 */
	public void assertContent() {
		hearOut();
		assertThat(hosts()).as("hosts that were asked for something").containsExactly(host(this.url).orElseThrow());
		assertThat(complaints()).as("complaints of the browser").isEmpty();
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
	 * Keeps a picture of the window for people.
	 * @param name without an extension
	 */
	public void screenshot(String name) {
		this.page.screenshot(new ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Lets the browser say what it has not said yet: it is heard only while it is asked.
	 */
	private void hearOut() {
		this.context.pages().forEach((open) -> open.evaluate("new Promise((done) => setTimeout(done))"));
	}

	private static Optional<String> host(String url) {
		Matcher host = HOST.matcher(url);
		return host.find() ? Optional.of(host.group(1)) : Optional.empty();
	}

	private void asked(Request request) {
		this.requests.add(request.url());
	}

	/**
	 * Leaving a page ends what it was still loading, which is nothing to complain of.
	 */
	private void failed(Request request) {
		if (!"net::ERR_ABORTED".equals(request.failure())) {
			this.complaints.add("failed: " + request.method() + " " + request.url() + " " + request.failure());
		}
	}

	private void said(ConsoleMessage message) {
		if (Stream.of("error", "warning").anyMatch(message.type()::equals)) {
			this.complaints.add("console: " + message.text() + " at " + message.location());
		}
	}

	private void threw(WebError error) {
		this.complaints.add("exception: " + error.error());
	}

}
