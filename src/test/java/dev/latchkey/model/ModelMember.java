package dev.latchkey.model;

import java.time.Duration;
import java.util.List;

import dev.latchkey.permission.PermissionSet;

/**
 * A member of an account.
 *
 * @param version the version of the permissions
 * @param number the version of the account's members when the member joined, which orders
 * them
 */
record ModelMember(Person user, List<String> permissions, int version, long number, Duration joined) {

	/** What owners and former owners hold. */
	static final List<String> ALL = PermissionSet.all().keys();

	ModelMember with(List<String> granted) {
		return new ModelMember(this.user, granted, this.version + 1, this.number, this.joined);
	}

}
