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
 * The offer of a membership to an e-mail address, as the database saw it in one
 * statement.
 *
 * @param number orders the account's invitations
 * @param status as it was by the database's clock, run out included
 * @param tokenVersion the version of the only link that opens it
 * @param version changes with every edit of the permissions, and with nothing else
 * @param issuedAt when the newest link was issued
 * @param endedAt when it was accepted, declined or revoked, or ran out
 */
public record Invitation(AccountId account, InvitationId id, long number, UserId inviter, EmailAddress email,
		PermissionSet permissions, Locale locale, InvitationStatus status, DeliveryStatus delivery, int tokenVersion,
		int version, int sendCount, Instant createdAt, Instant issuedAt, Instant expiresAt, @Nullable Instant endedAt,
		@Nullable UserId acceptedBy, @Nullable String declineReason) {

	/**
	 * Why the holder of a link of this version can neither accept nor decline.
	 * @return the refusal, or empty if the link is live
	 */
	Optional<DomainException> refusesLink(int linkVersion) {
		if (linkVersion > this.tokenVersion) {
			return Optional.of(DomainException.notFound());
		}
		return switch (this.status) {
			case ACCEPTED, DECLINED -> Optional.of(DomainException.of(ProblemCode.USED));
			case REVOKED -> Optional.of(DomainException.of(ProblemCode.REVOKED));
			case PENDING, EXPIRED -> refusesOpenLink(linkVersion);
		};
	}

	private Optional<DomainException> refusesOpenLink(int linkVersion) {
		if (linkVersion < this.tokenVersion) {
			return Optional.of(DomainException.of(ProblemCode.SUPERSEDED));
		}
		return (this.status == InvitationStatus.EXPIRED) ? Optional.of(DomainException.of(ProblemCode.EXPIRED))
				: Optional.empty();
	}

	/**
	 * Whether a link of this version opens it.
	 */
	boolean opensWith(int linkVersion) {
		return this.status == InvitationStatus.PENDING && this.tokenVersion == linkVersion;
	}

	/**
	 * Why its owner can neither resend nor revoke it.
	 */
	Optional<DomainException> refusesOwner() {
		return this.status.open() ? Optional.empty() : Optional.of(wrongStatus());
	}

	/**
	 * Why its permissions can't be edited by someone who has read this version.
	 */
	Optional<DomainException> refusesEdit(int readVersion) {
		if (this.status != InvitationStatus.PENDING) {
			return Optional.of(wrongStatus());
		}
		return (this.version != readVersion) ? Optional.of(DomainException.of(ProblemCode.STALE)) : Optional.empty();
	}

	private DomainException wrongStatus() {
		return DomainException.of(ProblemCode.WRONG_STATUS).with("invitationStatus", this.status.wireName());
	}

}
