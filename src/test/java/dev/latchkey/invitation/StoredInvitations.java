package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;

/**
 * Prepares what the stores of one account contain: the account Acme of Ann.
 */
interface StoredInvitations {

	AccountId account();

	UserId owner();

	/**
	 * Adds an invitation with the permissions products and invoices.
	 * @param remaining the time until it expires, negative if it is overdue
	 */
	InvitationId add(long number, String email, InvitationStatus status, Duration remaining);

	/**
	 * Adds a member with the permission invoices.
	 */
	UserId addMember(String email);

	void transferToAnotherOwner();

}
