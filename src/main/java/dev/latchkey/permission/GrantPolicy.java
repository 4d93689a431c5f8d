package dev.latchkey.permission;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;

/**
 * The one rule behind every grant, whichever way it is asked for: nobody grants nothing,
 * and nobody grants what they do not hold at this moment.
 */
public final class GrantPolicy {

	private GrantPolicy() {
	}

	/**
	 * Lets the grant pass or refuses it.
	 * @param held what the granter holds now
	 * @param requested what is to be granted
	 * @return the requested set, unchanged
	 * @throws DomainException {@link ProblemCode#EMPTY_PERMISSIONS} or
	 * {@link ProblemCode#GRANT_EXCEEDS_HELD}, naming what is not held
	 */
	public static PermissionSet grant(PermissionSet held, PermissionSet requested) {
		if (requested.isEmpty()) {
			throw DomainException.of(ProblemCode.EMPTY_PERMISSIONS).with("field", "permissions");
		}
		if (!held.containsAll(requested)) {
			throw DomainException.of(ProblemCode.GRANT_EXCEEDS_HELD).with("notHeld", requested.minus(held).keys());
		}
		return requested;
	}

}
