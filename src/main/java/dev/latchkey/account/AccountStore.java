package dev.latchkey.account;

import java.util.UUID;

import dev.latchkey.account.Account.OwnershipOffer;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Finds accounts. Every query goes through the membership of the reader, so that only
 * members can read an account.
 */
class AccountStore {

	private static final String SELECT = """
			select a.id, a.name, a.locale, a.valid_days, m.owner, a.member_count, t.user_id as transfer_to,
			       t.name as transfer_name,
			       case when t.user_id is not null then a.transfer_expires_at end as transfer_expires_at, a.created_at
			  from membership m join account a on a.id = m.account_id
			  left join account_person t
			    on t.account_id = a.id and t.user_id = a.transfer_to and a.transfer_expires_at > now()
			   and (m.owner or m.user_id = a.transfer_to)
			""";

	private final DatabaseClient database;

	AccountStore(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Finds the accounts of a user, oldest first.
	 */
	Flux<Account> findAll(UserId user) {
		return this.database.sql(SELECT + " where m.user_id = :user order by a.created_at, a.id")
			.bind("user", user.value())
			.map(AccountStore::account)
			.all();
	}

	/**
	 * Finds one account of a user.
	 * @return the account, or empty if it does not exist or the user is not a member
	 */
	Mono<Account> find(AccountId account, UserId user) {
		return this.database.sql(SELECT + " where m.account_id = :account and m.user_id = :user")
			.bind("account", account.value())
			.bind("user", user.value())
			.map(AccountStore::account)
			.one();
	}

	private static Account account(Readable row) {
		return new Account(new AccountId(Columns.uuid(row, "id")), Columns.text(row, "name"),
				Columns.text(row, "locale"), row.get("valid_days", Integer.class), Columns.flag(row, "owner"),
				Columns.number(row, "member_count"), offer(row), Columns.instant(row, "created_at"));
	}

	private static @Nullable OwnershipOffer offer(Readable row) {
		UUID newOwner = row.get("transfer_to", UUID.class);
		return (newOwner != null) ? new OwnershipOffer(new UserId(newOwner), Columns.text(row, "transfer_name"),
				Columns.instant(row, "transfer_expires_at")) : null;
	}

}
