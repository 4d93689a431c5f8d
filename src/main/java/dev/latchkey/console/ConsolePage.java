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
 * The HTML page of the console below a path prefix. Its content security policy allows
 * the import map by its hash and no other inline script (CSP Level 3, section 6.7.2.3).
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

	/** Paths that need no escaping in URLs, HTML and JSON. */
	private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9._~%/-]*");

	/**
	 * Reads the template of the page from the class path.
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
	 * Renders the page.
	 * @param prefix the path prefix of the service, empty for none
	 * @param status the HTTP status of the response, which the page shows
	 */
	static ConsolePage of(String template, String prefix, String version, int status) {
		String safePrefix = PLAIN_PATH.matcher(prefix).matches() ? prefix : "";
		String html = template.replace("{prefix}", safePrefix)
			.replace("{console}", safePrefix + "/console/" + version)
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
