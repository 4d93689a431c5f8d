package dev.latchkey.command;

import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Locks the row of an account.
 */
class R2dbcAccountLock implements AccountLock {

	private final DatabaseClient database;

	R2dbcAccountLock(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Void> lock(AccountId account) {
		return this.database.sql("select 1 from account where id = :account for no key update")
			.bind("account", account.value())
			.then();
	}

}
