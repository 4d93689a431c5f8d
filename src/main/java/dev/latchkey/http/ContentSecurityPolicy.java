package dev.latchkey.http;

/**
 * The {@code Content-Security-Policy} of every response that does not set its own.
 */
public final class ContentSecurityPolicy {

	/** Allows content from this host only, and no framing. */
	public static final String DEFAULT = "default-src 'self'; base-uri 'none'; object-src 'none'; "
			+ "form-action 'self'; frame-ancestors 'none'";

	private ContentSecurityPolicy() {
	}

}
