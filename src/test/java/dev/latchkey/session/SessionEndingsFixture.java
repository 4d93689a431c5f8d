package dev.latchkey.session;

import java.util.Objects;

import dev.latchkey.shared.SessionId;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;

/**
 * The ends of sessions on one replica, for tests of other modules.
 */
public final class SessionEndingsFixture {

	private final SessionEndings endings = withoutStore();

	/**
	 * The endings, which never poll for the sessions that other replicas have ended.
	 */
	public SessionEndings endings() {
		return this.endings;
	}

	/**
	 * Ends a session.
	 */
	public void end(SessionId session) {
		this.endings.markEnded(session);
	}

	private static SessionEndings withoutStore() {
		@Nullable Object[] noStore = new @Nullable Object[1];
		return (SessionEndings) BeanUtils
			.instantiateClass(Objects.requireNonNull(SessionEndings.class.getDeclaredConstructors()[0]), noStore);
	}

}
