package dev.latchkey.invitation.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.invitation.DeliveryReports.Attempt;
import dev.latchkey.invitation.DeliveryReports.Report;
import dev.latchkey.invitation.Invitation;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;

/**
 * An invitation as its owner sees it, with its own status and the delivery of its newest
 * mail. It never contains the link.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvitationResponse(UUID id, String email, List<String> permissions, int permissionsVersion, String status,
		Delivery delivery, int sendCount, String locale, UUID inviterId, Instant createdAt, Instant issuedAt,
		Instant expiresAt, @Nullable Instant endedAt, @Nullable UUID acceptedBy, @Nullable String declineReason) {

	static InvitationResponse of(Invitation invitation) {
		return of(invitation, new Delivery(invitation.delivery().wireName(), null, null, null));
	}

	static InvitationResponse of(Invitation invitation, Report report) {
		return of(invitation, new Delivery(invitation.delivery().wireName(), report.attempts(), report.nextAttemptAt(),
				report.deferred() ? true : null));
	}

	private static InvitationResponse of(Invitation invitation, Delivery delivery) {
		return new InvitationResponse(invitation.id().value(), invitation.email().value(),
				invitation.permissions().keys(), invitation.version(), invitation.status().wireName(), delivery,
				invitation.sendCount(), invitation.locale().toLanguageTag(), invitation.inviter().value(),
				invitation.createdAt(), invitation.issuedAt(), invitation.expiresAt(), invitation.endedAt(),
				Optional.ofNullable(invitation.acceptedBy()).map(UserId::value).orElse(null),
				invitation.declineReason());
	}

	/**
	 * The delivery of the newest mail. Lists contain only the status.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Delivery(String status, @Nullable List<Attempt> attempts, @Nullable Instant nextAttemptAt,
			@Nullable Boolean deferred) {

	}

}
