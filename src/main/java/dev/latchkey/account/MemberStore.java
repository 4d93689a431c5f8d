package dev.latchkey.account;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Finds members. Every query specifies the account.
 */
class MemberStore {

	private static final String SELECT = """
			select m.account_id, m.user_id, p.name, p.email, m.owner, m.permissions, m.version, m.number, m.joined_at
			  from membership m join account_person p on p.account_id = m.account_id and p.user_id = m.user_id
			""";

	private final DatabaseClient database;

	MemberStore(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Finds a member.
	 * @return the member, or empty if the user is not a member of the account
	 */
	Mono<Member> find(AccountId account, UserId user) {
		return this.database.sql(SELECT + " where m.account_id = :account and m.user_id = :user")
			.bind("account", account.value())
			.bind("user", user.value())
			.map(MemberStore::member)
			.one();
	}

	/**
	 * Finds the owner of an account.
	 * @return the owner, or empty if there is no such account
	 */
	Mono<Member> findOwner(AccountId account) {
		return this.database.sql(SELECT + " where m.account_id = :account and m.owner")
			.bind("account", account.value())
			.map(MemberStore::member)
			.one();
	}

	static Member member(Readable row) {
		boolean isOwner = Columns.flag(row, "owner");
		PermissionSet permissions = isOwner ? PermissionSet.all()
				: PermissionSet.ofKeys(Columns.texts(row, "permissions"));
		return new Member(new AccountId(Columns.uuid(row, "account_id")), new UserId(Columns.uuid(row, "user_id")),
				Columns.text(row, "name"), Columns.text(row, "email"), isOwner, permissions,
				Columns.number(row, "version"), Columns.big(row, "number"), Columns.instant(row, "joined_at"));
	}

}
