package dev.latchkey.permission;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;

/**
 * The rule for every grant by a known holder: a grant is not empty, and a holder grants
 * only permissions that the holder has at this moment.
 */
public final class GrantPolicy {

	private GrantPolicy() {
	}

	/**
	 * Checks a grant.
	 * @param held the permissions that the granter holds now
	 * @param requested the permissions to grant
	 * @return the requested set, unchanged
	 * @throws DomainException {@link ProblemCode#EMPTY_PERMISSIONS}, or
	 * {@link ProblemCode#GRANT_EXCEEDS_HELD} with the keys that are not held
	 */
	public static PermissionSet requireGrantable(PermissionSet held, PermissionSet requested) {
		if (!isGrantable(held, requested)) {
			PermissionSet notHeld = requested.requireNonEmpty().minus(held);
			throw DomainException.of(ProblemCode.GRANT_EXCEEDS_HELD).with("notHeld", notHeld.keys());
		}
		return requested;
	}

	static boolean isGrantable(PermissionSet held, PermissionSet requested) {
		return !requested.isEmpty() && held.containsAll(requested);
	}

}
