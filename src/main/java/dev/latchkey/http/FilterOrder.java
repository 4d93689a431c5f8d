package dev.latchkey.http;

import org.springframework.core.Ordered;

/**
 * The order of the filters, from the outermost to the innermost. Each filter refers to
 * its constant here.
 */
public final class FilterOrder {

	/** Renders the errors of all inner filters and routes. */
	public static final int PROBLEMS = Ordered.HIGHEST_PRECEDENCE;

	/** Adds security headers to every response, refusals included. */
	public static final int SECURITY_HEADERS = PROBLEMS + 1;

	/** Counts requests in flight, for the graceful shutdown. */
	public static final int IN_FLIGHT_REQUESTS = SECURITY_HEADERS + 1;

	/** Converts HEAD to GET, so that inner filters and routes handle GET only. */
	public static final int HEAD_REQUESTS = IN_FLIGHT_REQUESTS + 1;

	/** Responds to preflight requests and adds CORS headers, to refused requests too. */
	public static final int CORS = HEAD_REQUESTS + 1;

	/** Refuses requests with an ambiguous head. */
	public static final int REQUEST_HEAD = CORS + 1;

	/** Refuses requests with the session cookie that a page of another site sent. */
	public static final int CSRF = REQUEST_HEAD + 1;

	/** Compresses responses. */
	public static final int GZIP = CSRF + 1;

	private FilterOrder() {
	}

}
