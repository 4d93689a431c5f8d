package dev.latchkey.invitation;

import java.util.List;

import dev.latchkey.invitation.InvitationQueries.Counts;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads the invitations of an account with the counts and the number of the newest event,
 * all from the same snapshot.
 */
interface InvitationListStore {

	/**
	 * Reads one invitation more than the limit of the page, newest first.
	 * @return the invitations, or empty if the user does not own the account
	 */
	Mono<Snapshot> read(AccountId account, UserId owner, Filter filter, Page.Request request);

	/**
	 * Which invitations to list.
	 *
	 * @param status their status, null for all
	 * @param query a part of their addresses, in lower case, null for all
	 */
	record Filter(@Nullable InvitationStatus status, @Nullable String query) {

	}

	/**
	 * The invitations of a page, and what was read with them.
	 *
	 * @param counts of the whole account
	 * @param seq the number of the account's newest event
	 */
	record Snapshot(List<Invitation> invitations, Counts counts, long seq) {

	}

}
