package dev.latchkey.invitation;

import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Reads invitations from PostgreSQL.
 */
class R2dbcInvitationStore implements InvitationStore {

	private static final String FIND = """
			select %s
			  from invitation i
			 where i.account_id = :account and i.id = :id
			""".formatted(InvitationSql.COLUMNS);

	private static final String FIND_BY_REMINDER = """
			select %s
			  from invitation i
			 where i.account_id = :account and i.reminder_id = :reminder
			""".formatted(InvitationSql.COLUMNS);

	private final DatabaseClient database;

	R2dbcInvitationStore(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Invitation> find(AccountId account, InvitationId id) {
		return this.database.sql(FIND)
			.bind("account", account.value())
			.bind("id", id.value())
			.map(InvitationSql::invitation)
			.one();
	}

	@Override
	public Mono<Invitation> findByReminder(AccountId account, UUID reminder) {
		return this.database.sql(FIND_BY_REMINDER)
			.bind("account", account.value())
			.bind("reminder", reminder)
			.map(InvitationSql::invitation)
			.one();
	}

	@Override
	public Mono<PermissionSet> findPermissions(AccountId account, UserId user) {
		return this.database.sql("select permissions from membership where account_id = :account and user_id = :user")
			.bind("account", account.value())
			.bind("user", user.value())
			.map((row) -> PermissionSet.ofKeys(Columns.strings(row, "permissions")))
			.one();
	}

	@Override
	public Mono<Boolean> isInviterOwner(Invitation invitation) {
		return this.database.sql("select owner_id = :inviter as owns from account where id = :account")
			.bind("inviter", invitation.inviter().value())
			.bind("account", invitation.account().value())
			.map((row) -> Columns.booleanValue(row, "owns"))
			.one();
	}

	@Override
	public Mono<InvitationParties> parties(Invitation invitation) {
		return this.database.sql("""
				select a.name as account_name, p.name as inviter_name
				  from account a join account_person p on p.account_id = a.id and p.user_id = :inviter
				 where a.id = :account
				""")
			.bind("inviter", invitation.inviter().value())
			.bind("account", invitation.account().value())
			.map((row) -> new InvitationParties(invitation.account(), Columns.string(row, "account_name"),
					Columns.string(row, "inviter_name")))
			.one();
	}

}
