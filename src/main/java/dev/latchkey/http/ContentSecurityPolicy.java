package dev.latchkey.http;

/**
 * The {@code Content-Security-Policy} of every response that has no other.
 */
public final class ContentSecurityPolicy {

	/** Everything from this host only, and in no frame. */
	public static final String DEFAULT = "default-src 'self'; base-uri 'none'; object-src 'none'; "
			+ "form-action 'self'; frame-ancestors 'none'";

	private ContentSecurityPolicy() {
	}

}
