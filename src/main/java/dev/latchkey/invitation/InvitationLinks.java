package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Reads what the links of invitees are for, and whether they are valid. The commands
 * check them again while they hold the lock of the account.
 */
class InvitationLinks {

	private final LinkTokens tokens;

	private final InvitationStore store;

	InvitationLinks(LinkTokens tokens, InvitationStore store) {
		this.tokens = tokens;
		this.store = store;
	}

	/**
	 * Verifies the signature of a link's token.
	 * @return the link, or empty if the token is not one of this service
	 */
	Optional<LinkToken> verify(String token) {
		return this.tokens.verify(LinkToken.Purpose.INVITATION, token);
	}

	/**
	 * Requires a token with a valid signature.
	 * @return the link, or {@link ProblemCode#NOT_FOUND} if the token is not one of this
	 * service
	 */
	Mono<LinkToken> requireGenuine(String token) {
		return Mono.justOrEmpty(verify(token)).switchIfEmpty(Mono.error(DomainException::notFound));
	}

	/**
	 * Finds the invitation of a genuine link, valid or not.
	 * @return the invitation, or empty
	 */
	Mono<Invitation> find(LinkToken link) {
		return this.store.find(account(link), new InvitationId(link.subject()));
	}

	/**
	 * Finds the invitation of a valid link.
	 * @return the invitation, or {@link ProblemCode#NOT_FOUND} if it does not exist, and
	 * {@link ProblemCode#EXPIRED}, {@link ProblemCode#SUPERSEDED},
	 * {@link ProblemCode#REVOKED} or {@link ProblemCode#USED} if its link is not valid
	 */
	Mono<Invitation> requireValid(LinkToken link) {
		return find(link).switchIfEmpty(Mono.error(DomainException::notFound))
			.flatMap((invitation) -> requireNoProblem(invitation, link))
			.filterWhen(this.store::isInviterOwner)
			.switchIfEmpty(Mono.error(DomainException.of(ProblemCode.REVOKED)));
	}

	/**
	 * Finds the membership of a user who accepted the invitation of a link before. The
	 * link can also be an older one of the same invitation, from its first mail.
	 * @return the membership, or empty if the user did not accept this invitation or is
	 * no longer a member
	 */
	Mono<Membership> findMembership(LinkToken link, UserId user) {
		return find(link).filter((invitation) -> invitation.wasAcceptedBy(user, link.version()))
			.flatMap((invitation) -> this.store.findPermissions(invitation.account(), user)
				.map((permissions) -> new Membership(invitation.account(), invitation.id(), permissions)));
	}

	static AccountId account(LinkToken link) {
		return new AccountId(link.scope());
	}

	private static Mono<Invitation> requireNoProblem(Invitation invitation, LinkToken link) {
		return invitation.linkProblem(link.version()).<Mono<Invitation>>map(Mono::error).orElse(Mono.just(invitation));
	}

}
