package dev.latchkey.invitation;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;

/**
 * The membership that an invitee got by accepting an invitation.
 *
 * @param permissions the current permissions of the member, which the owner may have
 * edited after the acceptance
 */
public record Membership(AccountId account, InvitationId invitation, PermissionSet permissions) {

}
