package dev.latchkey.invitation;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Declines an invitation in one statement, for the holder of its link.
 */
class DeclineInvitation {

	private static final String SQL = """
			with locked as (
			    select a.id from account a where a.id = :account for no key update),
			changed as (
			    update invitation i set status = 'DECLINED', ended_at = now(), decline_reason = :reason
			      from locked l
			     where i.account_id = l.id and i.account_id = :account and i.id = :id
			       and i.status = 'PENDING' and i.expires_at > now() and i.token_version = :version
			    returning i.*),
			bump as (
			    update account a
			       set feed_seq = a.feed_seq + 1, pending_count = a.pending_count - 1,
			           declined_count = a.declined_count + 1
			      from changed c
			     where a.id = :account and a.id = c.account_id
			    returning a.feed_seq),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, invitation_id)
			    select c.account_id, b.feed_seq, 'invitation.declined', 'INVITEE', c.id
			      from changed c cross join bump b)
			select %s
			  from changed i cross join bump
			""".formatted(InvitationSql.COLUMNS);

	private final DatabaseClient database;

	DeclineInvitation(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Runs the statement.
	 * @return the invitation, or empty if a condition was not met
	 */
	Mono<Invitation> execute(LinkToken link, @Nullable String reason) {
		return this.database.sql(SQL)
			.bind("account", link.scope())
			.bind("id", link.subject())
			.bind("version", link.version())
			.bind("reason", Columns.orNull(R2dbcType.VARCHAR, reason))
			.map(InvitationSql::invitation)
			.one();
	}

}
