package dev.latchkey.permission;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;

/**
 * The rule for grants to members: a grant is not empty, and a member can grant only
 * permissions that this member has now. Invitations need no such check: only the owner,
 * who has every permission, creates them.
 */
public final class GrantPolicy {

	private GrantPolicy() {
	}

	/**
	 * Checks a grant.
	 * @param held the permissions of the member that grants
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
