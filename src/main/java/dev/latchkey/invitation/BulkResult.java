package dev.latchkey.invitation;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;

/**
 * The result of one line of a bulk request.
 */
public sealed interface BulkResult {

	/**
	 * The number of the line in the request, from 1.
	 */
	long line();

	/**
	 * The invitation was created.
	 *
	 * @param replayed whether an earlier request with the same key created it
	 */
	record Created(long line, InvitationId id, boolean replayed) implements BulkResult {
	}

	/**
	 * The address has a pending invitation.
	 *
	 * @param id the id of that invitation
	 */
	record AlreadyPending(long line, InvitationId id) implements BulkResult {
	}

	/**
	 * The address belongs to a member.
	 */
	record AlreadyMember(long line) implements BulkResult {
	}

	/**
	 * The line was refused, for the same reasons as a request for a single invitation.
	 */
	record Refused(long line, DomainException problem) implements BulkResult {

		static BulkResult of(BulkLine.Unreadable line) {
			return new Refused(line.number(), line.problem());
		}

	}

}
