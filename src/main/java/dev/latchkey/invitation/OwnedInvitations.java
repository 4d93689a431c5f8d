package dev.latchkey.invitation;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Finds invitations for the owner of their account.
 */
class OwnedInvitations {

	private final AccountAccess accountAccess;

	private final InvitationStore store;

	OwnedInvitations(AccountAccess accountAccess, InvitationStore store) {
		this.accountAccess = accountAccess;
		this.store = store;
	}

	/**
	 * Requires that the caller owns the account and the invitation exists.
	 * @return the invitation, or {@link ProblemCode#OWNER_ONLY} for another member, and
	 * {@link ProblemCode#NOT_FOUND} for all other users and if there is no such
	 * invitation
	 */
	Mono<Invitation> require(AccountId account, UserId caller, InvitationId id) {
		return this.accountAccess.requireOwner(account, caller)
			.then(this.store.find(account, id))
			.switchIfEmpty(Mono.error(DomainException::notFound));
	}

}
