package dev.latchkey.account;

import java.time.Instant;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;

/**
 * A user as a member of one account.
 *
 * @param permissions what the member may do; the owner has every permission
 * @param version increases with every edit of the permissions
 * @param number the position in the order in which the members joined
 */
public record Member(AccountId account, UserId user, String name, String email, boolean isOwner,
		PermissionSet permissions, int version, long number, Instant joinedAt) {

}
