package dev.latchkey.permission.web;

import java.util.List;

import dev.latchkey.http.RequestBodies;
import dev.latchkey.permission.PermissionSet;
import org.jspecify.annotations.Nullable;

/**
 * The permissions that replace what a member, or an invitation, has.
 */
public record PermissionsRequest(@Nullable List<@Nullable String> permissions) {

	/**
	 * Reads the set.
	 */
	public PermissionSet toSet() {
		return toSet(this.permissions);
	}

	/**
	 * Reads a set that is a field of a larger payload.
	 */
	public static PermissionSet toSet(@Nullable List<@Nullable String> permissions) {
		return PermissionSet.ofKeys(RequestBodies.requireField("permissions", permissions)
			.stream()
			.map((key) -> RequestBodies.requireField("permissions", key))
			.toList());
	}

}
