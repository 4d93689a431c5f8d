package dev.latchkey.permission.web;

import java.util.List;

import dev.latchkey.http.RequestBodies;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The new permissions of a member or an invitation. They replace the current ones.
 */
public record PermissionsRequest(@Nullable List<@Nullable String> permissions) {

	/**
	 * Converts the keys.
	 * @throws DomainException {@link ProblemCode#UNKNOWN_PERMISSION}, or
	 * {@link ProblemCode#MALFORMED_REQUEST} if the list or a key is missing
	 */
	public PermissionSet toSet() {
		return toSet(this.permissions);
	}

	/**
	 * Converts keys that are a field of a larger payload.
	 */
	public static PermissionSet toSet(@Nullable List<@Nullable String> permissions) {
		return PermissionSet.ofKeys(RequestBodies.requireField("permissions", permissions)
			.stream()
			.map((key) -> RequestBodies.requireField("permissions", key))
			.toList());
	}

}
