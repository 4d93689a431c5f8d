package dev.latchkey.invitation;

import java.util.List;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Creates the invitations of a batch of rows in one transaction.
 */
interface BulkStore {

	/**
	 * Creates the invitations, one after the other.
	 * @return an outcome for each row, in order; fails with
	 * {@link ProblemCode#OWNER_ONLY} or {@link ProblemCode#NOT_FOUND} if the caller does
	 * not own the account
	 */
	Mono<List<BulkOutcome>> create(AccountId account, UserId caller, List<BulkLine.Row> rows);

	/**
	 * Returns what {@link #create} would return, and changes nothing.
	 * @param assumed how many more invitations the account is assumed to have, created in
	 * its current window
	 */
	Mono<List<BulkOutcome>> check(AccountId account, UserId caller, List<BulkLine.Row> rows, int assumed);

}
