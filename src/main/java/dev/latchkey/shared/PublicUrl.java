package dev.latchkey.shared;

import java.net.URI;
import java.util.Locale;

/**
 * Where people reach this service: the base of every link that leaves it and the one
 * origin that browsers may write from. It comes from configuration, never from a request.
 *
 * @param baseUrl http or https, without a trailing slash, path prefix included
 */
public record PublicUrl(URI baseUrl) {

	/**
	 * Reads a base URL.
	 * @throws StartupException if it is none
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
	 * The origin as browsers send it (RFC 6454, section 6.2): in small letters, without
	 * the port that the scheme implies.
	 */
	public String origin() {
		int implied = secure() ? 443 : 80;
		boolean plain = this.baseUrl.getPort() < 0 || this.baseUrl.getPort() == implied;
		String host = this.baseUrl.getHost().toLowerCase(Locale.ROOT);
		return this.baseUrl.getScheme() + "://" + host + (plain ? "" : ":" + this.baseUrl.getPort());
	}

	public boolean secure() {
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
