package dev.latchkey.invitation;

import dev.latchkey.shared.AccountId;

/**
 * Who invites to what, by name.
 */
public record Parties(AccountId account, String accountName, String inviterName) {

}
