package dev.latchkey.session;

import java.time.Duration;
import java.time.Instant;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;

/**
 * The signed-in user that sent a request. The e-mail address is verified, like the
 * address of every user.
 *
 * @param expiresAt when the session ends at the latest, by the clock of the database
 * @param remaining the time until {@code expiresAt} when the session was read
 */
public record Caller(UserId user, SessionId session, EmailAddress email, String name, Instant expiresAt,
		Duration remaining) {

}
