package dev.latchkey.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.shared.Sha256;

import org.springframework.core.io.ClassPathResource;

/**
 * The one HTML page of the console, as it is served below a path prefix, with the content
 * policy that allows its import map by its hash and nothing else that is inline (CSP
 * Level 3, section 6.7.2.3).
 *
 * @param html the page
 * @param policy its {@code Content-Security-Policy}
 */
record ConsolePage(String html, String policy) {

	private static final String POLICY = "default-src 'self'; script-src 'self' 'sha256-%s'; "
			+ "img-src 'self' data:; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; "
			+ "require-trusted-types-for 'script'; trusted-types lit-html";

	private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>",
			Pattern.DOTALL);

	/** What can stand in a path, in HTML and in JSON without being escaped. */
	private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9._~%/-]*");

	/**
	 * Reads the page from the class path, to be rendered for requests.
	 */
	static String template() {
		try {
			return new ClassPathResource("static/index.html").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The console can't be read", ex);
		}
	}

	/**
	 * Fills the page in.
	 * @param prefix the path that everything is below, empty for none
	 * @param status what the page is answered with, so that it can say so
	 */
	static ConsolePage of(String template, String prefix, String version, int status) {
		String below = PLAIN_PATH.matcher(prefix).matches() ? prefix : "";
		String html = template.replace("{prefix}", below)
			.replace("{console}", below + "/console/" + version)
			.replace("{status}", Integer.toString(status));
		return new ConsolePage(html, POLICY.formatted(importMapHash(html)));
	}

	String tag() {
		return '"' + Sha256.hex(this.html, 12) + '"';
	}

	private static String importMapHash(String html) {
		Matcher map = IMPORT_MAP.matcher(html);
		if (!map.find()) {
			throw new IllegalStateException("The console has no import map");
		}
		return Base64.getEncoder().encodeToString(Sha256.of(map.group(1)));
	}

}
