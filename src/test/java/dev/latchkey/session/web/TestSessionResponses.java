package dev.latchkey.session.web;

import java.time.Duration;

import dev.latchkey.shared.PublicUrl;

/**
 * Renders sessions as a service with https does, for tests of other modules.
 */
public final class TestSessionResponses {

	/** The name of the cookie. */
	public static final String COOKIE = "__Host-latchkey";

	private TestSessionResponses() {
	}

	public static SessionResponses create() {
		return new SessionResponses(new SessionCookie(PublicUrl.of("https://latchkey.test")), Duration.ofDays(1));
	}

}
