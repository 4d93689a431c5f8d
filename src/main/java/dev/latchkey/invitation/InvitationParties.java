package dev.latchkey.invitation;

import dev.latchkey.shared.AccountId;

/**
 * The names of the account and of the inviter, as the invitee sees them.
 */
public record InvitationParties(AccountId account, String accountName, String inviterName) {

}
