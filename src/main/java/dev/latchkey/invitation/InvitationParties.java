package dev.latchkey.invitation;

import dev.latchkey.shared.AccountId;

/**
 * Who invites to what, by name.
 */
public record InvitationParties(AccountId account, String accountName, String inviterName) {

}
