package dev.latchkey.shared;

import java.net.URI;
import java.util.Locale;

/**
 * The public URL of this service: the base of all links in mails, and the only origin
 * whose pages may change something with the session cookie. It comes from the
 * configuration, never from a request.
 *
 * @param baseUrl an http or https URL with the path prefix, without a trailing slash
 */
public record PublicUrl(URI baseUrl) {

	/**
	 * Parses a base URL.
	 * @throws StartupException if it is not an http or https URL
	 */
	public static PublicUrl of(String text) {
		try {
			URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
			boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
			if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null
					&& uri.getUserInfo() == null) {
				return new PublicUrl(uri);
			}
		}
		catch (IllegalArgumentException ex) {
			throw invalid(text);
		}
		throw invalid(text);
	}

	/**
	 * The origin as browsers send it (RFC 6454, section 6.2): in lower case, without the
	 * default port of the scheme.
	 */
	public String origin() {
		int defaultPort = isSecure() ? 443 : 80;
		boolean hasDefaultPort = this.baseUrl.getPort() < 0 || this.baseUrl.getPort() == defaultPort;
		String host = this.baseUrl.getHost().toLowerCase(Locale.ROOT);
		return this.baseUrl.getScheme() + "://" + host + (hasDefaultPort ? "" : ":" + this.baseUrl.getPort());
	}

	public boolean isSecure() {
		return "https".equals(this.baseUrl.getScheme());
	}

	@Override
	public String toString() {
		return this.baseUrl.toString();
	}

	private static StartupException invalid(String text) {
		return new StartupException("latchkey.base-url is not an http or https address: '" + text + "'.");
	}

}
