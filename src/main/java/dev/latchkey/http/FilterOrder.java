package dev.latchkey.http;

import org.springframework.core.Ordered;

/**
 * The order of the filters before the routes, from the outermost to the innermost. Each
 * filter refers to its place here.
 */
public final class FilterOrder {

	/** Renders errors of everything inside. */
	public static final int PROBLEMS = Ordered.HIGHEST_PRECEDENCE;

	/** Adds security headers to every response, refusals included. */
	public static final int SECURITY_HEADERS = PROBLEMS + 1;

	/** Counts requests in flight, for the graceful shutdown. */
	public static final int IN_FLIGHT_REQUESTS = SECURITY_HEADERS + 1;

	/** Turns HEAD into GET, so that everything inside serves both alike. */
	public static final int HEAD_REQUESTS = IN_FLIGHT_REQUESTS + 1;

	/** Answers preflight requests and adds CORS headers, before anything can refuse. */
	public static final int CORS = HEAD_REQUESTS + 1;

	/** Refuses requests with an ambiguous head. */
	public static final int REQUEST_HEAD = CORS + 1;

	/** Refuses requests that a page of another site sent with the session cookie. */
	public static final int CSRF = REQUEST_HEAD + 1;

	/** Compresses responses of everything inside. */
	public static final int GZIP = CSRF + 1;

	private FilterOrder() {
	}

}
