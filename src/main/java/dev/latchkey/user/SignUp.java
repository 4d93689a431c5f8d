package dev.latchkey.user;

import java.util.Locale;
import java.util.UUID;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;

/**
 * A requested sign-up that waits for its confirmation, as it was read from the database.
 */
record SignUp(UUID id, EmailAddress email, Locale locale, boolean used, boolean expired) {

	boolean isUsable() {
		return !this.used && !this.expired;
	}

	/**
	 * Requires a link that was not used and has not expired.
	 */
	void requireUsable() {
		if (this.used) {
			throw DomainException.of(ProblemCode.USED);
		}
		if (this.expired) {
			throw DomainException.of(ProblemCode.EXPIRED);
		}
	}

}
