package dev.latchkey.invitation;

import dev.latchkey.shared.EmailAddress;
import reactor.core.publisher.Flux;

/**
 * The pending invitations for the address of a user. Accepting one needs its link, which
 * is not part of the list.
 */
public interface ReceivedInvitations {

	/** How many invitations the list contains at most. */
	int MAX_ROWS = 100;

	/**
	 * The pending invitations, newest first, at most {@value #MAX_ROWS}.
	 */
	Flux<Offer> findPending(EmailAddress email);

	/**
	 * A pending invitation with the names of its account and inviter.
	 */
	record Offer(Invitation invitation, InvitationParties parties) {

	}

}
