package dev.latchkey.invitation;

import dev.latchkey.shared.AccountId;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Frees capacity for pending invitations. The commands compare the account's counter of
 * pending invitations with the limit, and this counter includes overdue invitations until
 * they are marked as expired.
 */
class PendingCapacity {

	private final DatabaseClient database;

	private final ExpirySweep sweep;

	private final InvitationProperties properties;

	PendingCapacity(DatabaseClient database, ExpirySweep sweep, InvitationProperties properties) {
		this.database = database;
		this.sweep = sweep;
		this.properties = properties;
	}

	/**
	 * Marks the account's overdue invitations as expired if its counter has reached the
	 * limit. Waits for the account's lock.
	 */
	Mono<Void> expireOverdueIfFull(AccountId account) {
		return isFull(account).filter((full) -> full).flatMap((full) -> this.sweep.sweep(account)).then();
	}

	private Mono<Boolean> isFull(AccountId account) {
		return this.database.sql("""
				select pending_count >= coalesce(max_pending, :maxPending) as is_full
				  from account
				 where id = :account
				""")
			.bind("account", account.value())
			.bind("maxPending", this.properties.maxPending())
			.map((row) -> Columns.booleanValue(row, "is_full"))
			.one();
	}

}
