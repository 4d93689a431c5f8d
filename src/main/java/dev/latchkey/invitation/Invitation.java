package dev.latchkey.invitation;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The offer of a membership to an e-mail address, as one statement read it.
 *
 * @param number orders the invitations of the account, newest highest
 * @param status the status by the database's clock: an overdue invitation is expired
 * @param tokenVersion the version of the only valid link
 * @param version the version of the permissions; only an edit of them changes it
 * @param issuedAt when the newest link was issued
 * @param endedAt when it was accepted, declined or revoked, or when it expired; null
 * while it is pending
 */
public record Invitation(AccountId account, InvitationId id, long number, UserId inviter, EmailAddress email,
		PermissionSet permissions, Locale locale, InvitationStatus status, DeliveryStatus delivery, int tokenVersion,
		int version, int sendCount, Instant createdAt, Instant issuedAt, Instant expiresAt, @Nullable Instant endedAt,
		@Nullable UserId acceptedBy, @Nullable String declineReason) {

	/**
	 * The reason why a link of this version can be used neither to accept nor to decline.
	 * @return the problem, or empty if the link is valid
	 */
	Optional<DomainException> linkProblem(int linkVersion) {
		if (linkVersion > this.tokenVersion) {
			return Optional.of(DomainException.notFound());
		}
		return switch (this.status) {
			case ACCEPTED, DECLINED -> Optional.of(DomainException.of(ProblemCode.USED));
			case REVOKED -> Optional.of(DomainException.of(ProblemCode.REVOKED));
			case PENDING, EXPIRED -> openLinkProblem(linkVersion);
		};
	}

	private Optional<DomainException> openLinkProblem(int linkVersion) {
		if (linkVersion < this.tokenVersion) {
			return Optional.of(DomainException.of(ProblemCode.SUPERSEDED));
		}
		return (this.status == InvitationStatus.EXPIRED) ? Optional.of(DomainException.of(ProblemCode.EXPIRED))
				: Optional.empty();
	}

	/**
	 * Whether a link of this version can be used to accept and to decline.
	 */
	boolean isValidLink(int linkVersion) {
		return linkProblem(linkVersion).isEmpty();
	}

	/**
	 * Whether a user accepted it, with a link of this version or with a newer one.
	 */
	boolean wasAcceptedBy(UserId user, int linkVersion) {
		return this.status == InvitationStatus.ACCEPTED && user.equals(this.acceptedBy)
				&& linkVersion <= this.tokenVersion;
	}

}
