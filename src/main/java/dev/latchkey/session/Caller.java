package dev.latchkey.session;

import java.time.Duration;
import java.time.Instant;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;

/**
 * The signed-in user behind a request. The address is verified, as every user's is.
 *
 * @param until when the session ends at the latest, by the database's clock
 * @param left how long that was when the session was read
 */
public record Caller(UserId user, SessionId session, EmailAddress email, String name, Instant until, Duration left) {

}
