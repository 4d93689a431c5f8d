package dev.latchkey.account;

import dev.latchkey.command.CommandExecution;
import dev.latchkey.feed.Feed;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Settings that the owner changes for a whole account.
 */
public class AccountSettings {

	private static final String SET_VALIDITY = """
			with locked as (
			    select id from account where id = :account and owner_id = :owner for no key update),
			changed as (
			    update account a set valid_days = :days, feed_seq = a.feed_seq + 1
			      from locked l
			     where a.id = :account and a.id = l.id
			    returning a.id, a.feed_seq),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, actor_id)
			    select id, feed_seq, 'account.validity-changed', 'USER', :owner from changed)
			select feed_seq from changed
			""";

	private final Accounts accounts;

	private final AccountAccess accountAccess;

	private final CommandExecution execution;

	private final DatabaseClient database;

	private final Feed feed;

	AccountSettings(Accounts accounts, AccountAccess accountAccess, CommandExecution execution, DatabaseClient database,
			Feed feed) {
		this.accounts = accounts;
		this.accountAccess = accountAccess;
		this.execution = execution;
		this.database = database;
		this.feed = feed;
	}

	/**
	 * Sets how long invitations of the account are valid if they do not specify it
	 * themselves. It applies from the next mail of each invitation.
	 * @param validity null for the default of the service
	 * @return the account, or {@link ProblemCode#OWNER_ONLY}, or
	 * {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<Account> setValidity(AccountId account, UserId caller, @Nullable ValidityDays validity) {
		Mono<Long> command = this.database.sql(SET_VALIDITY)
			.bind("account", account.value())
			.bind("owner", caller.value())
			.bind("days", Columns.orNull(R2dbcType.INTEGER, (validity != null) ? validity.days() : null))
			.map((row) -> Columns.longValue(row, "feed_seq"))
			.one();
		return this.execution.run(account, command)
			.orExplain(this.accountAccess.requireOwner(account, caller).then())
			.doOnNext((sequence) -> this.feed.notifyAppended(account))
			.then(this.accounts.find(account, caller));
	}

}
