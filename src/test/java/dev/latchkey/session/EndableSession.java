package dev.latchkey.session;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;

/**
 * A caller whose session a test can end, for tests of other modules.
 */
public final class EndableSession {

	/** No test reads which sessions other replicas have ended. */
	@SuppressWarnings("NullAway")
	private final SessionEndings endings = new SessionEndings(null);

	private final Caller caller;

	public EndableSession(UserId user, String email, String name) {
		this.caller = new Caller(user, new SessionId(UUID.randomUUID()), EmailAddress.of(email), name,
				Instant.parse("2126-05-04T10:00:00Z"), Duration.ofDays(1));
	}

	public Caller caller() {
		return this.caller;
	}

	public SessionEndings endings() {
		return this.endings;
	}

	public void end() {
		this.endings.markEnded(this.caller.session());
	}

}
