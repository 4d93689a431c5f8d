package dev.latchkey.invitation;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.latchkey.command.Refusals;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * What has been done for one row of a bulk request.
 *
 * @param result the result for the caller
 * @param reachedLimit the limit that has refused the row, by its name in the metrics;
 * null for none
 * @param markedExpired how many overdue invitations were marked as expired, even if the
 * row was refused
 */
record BulkOutcome(BulkResult result, @Nullable String reachedLimit, int markedExpired) {

	/**
	 * Reads a row of the result of the database function.
	 * @param line the number of the line in the request
	 */
	static BulkOutcome of(long line, Readable row) {
		return new BulkOutcome(result(line, row), row.get("reached_limit", String.class),
				Columns.intValue(row, "marked_expired"));
	}

	/**
	 * The id of the invitation that this request has created for the row, or empty.
	 */
	Optional<InvitationId> createdId() {
		return (this.result instanceof BulkResult.Created created && !created.replayed()) ? Optional.of(created.id())
				: Optional.empty();
	}

	/**
	 * The outcome with another id of the pending invitation of the address, if there is
	 * one in the map.
	 */
	BulkOutcome withPendingId(Map<InvitationId, InvitationId> ids) {
		if (this.result instanceof BulkResult.AlreadyPending pending && ids.containsKey(pending.id())) {
			InvitationId id = Objects.requireNonNull(ids.get(pending.id()));
			return new BulkOutcome(new BulkResult.AlreadyPending(pending.line(), id), this.reachedLimit,
					this.markedExpired);
		}
		return this;
	}

	private static BulkResult result(long line, Readable row) {
		Optional<DomainException> refusal = Refusals.of(row);
		if (refusal.isEmpty()) {
			return new BulkResult.Created(line, invitation(row), Columns.booleanValue(row, "replayed"));
		}
		return switch (refusal.get().code()) {
			case INVITATION_PENDING -> new BulkResult.AlreadyPending(line, invitation(row));
			case ALREADY_MEMBER -> new BulkResult.AlreadyMember(line);
			default -> new BulkResult.Refused(line, refusal.get());
		};
	}

	private static InvitationId invitation(Readable row) {
		return new InvitationId(Columns.uuid(row, "invitation_id"));
	}

}
