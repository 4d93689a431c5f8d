package dev.latchkey.invitation;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;

/**
 * What became of one line of a bulk request.
 */
public sealed interface BulkResult {

	/**
	 * The number of the line.
	 */
	long line();

	/**
	 * It was invited.
	 *
	 * @param replayed whether by an earlier request under the same key
	 */
	record Created(long line, InvitationId id, boolean replayed) implements BulkResult {
	}

	/**
	 * The address has an open invitation.
	 */
	record AlreadyPending(long line, InvitationId id) implements BulkResult {
	}

	/**
	 * The address is a member's.
	 */
	record AlreadyMember(long line) implements BulkResult {
	}

	/**
	 * It was refused as a single request would have been.
	 */
	record Refused(long line, DomainException problem) implements BulkResult {
	}

}
