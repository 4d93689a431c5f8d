package dev.latchkey.permission.web;

import java.util.List;

import dev.latchkey.permission.PermissionSet;

/**
 * The permissions of a member or an invitation.
 *
 * @param permissions the keys in the order of the catalogue
 * @param permissionsVersion the version to send in {@code If-Match} with an edit
 */
public record PermissionsResponse(List<String> permissions, int permissionsVersion) {

	public static PermissionsResponse of(PermissionSet permissions, int version) {
		return new PermissionsResponse(permissions.keys(), version);
	}

}
