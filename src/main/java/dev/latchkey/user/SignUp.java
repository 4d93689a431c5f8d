package dev.latchkey.user;

import java.util.Locale;
import java.util.UUID;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;

/**
 * Somebody's wish for a login, as the database saw it a moment ago.
 */
record SignUp(UUID id, EmailAddress email, Locale locale, boolean used, boolean expired) {

	boolean live() {
		return !this.used && !this.expired;
	}

	void requireLive() {
		if (this.used) {
			throw DomainException.of(ProblemCode.USED);
		}
		if (this.expired) {
			throw DomainException.of(ProblemCode.EXPIRED);
		}
	}

}
