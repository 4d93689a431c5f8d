package dev.latchkey.invitation;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Accepts an invitation and creates the membership in one statement. It changes nothing
 * unless all conditions of the update hold; one of them is that the inviter still owns
 * the account.
 */
class AcceptInvitation {

	private static final String SQL = """
			with locked as (
			    select a.id, a.owner_id from account a where a.id = :account for no key update),
			changed as (
			    update invitation i set status = 'ACCEPTED', ended_at = now(), accepted_by = :user
			      from locked l
			     where i.account_id = l.id and i.account_id = :account and i.id = :id
			       and i.status = 'PENDING' and i.expires_at > now() and i.token_version = :version
			       and i.inviter_id = l.owner_id and i.canonical_email = :canonical
			    returning i.*),
			bump as (
			    update account a
			       set feed_seq = a.feed_seq + 1, members_version = a.members_version + 1,
			           member_count = a.member_count + 1, pending_count = a.pending_count - 1,
			           accepted_count = a.accepted_count + 1
			      from changed c
			     where a.id = :account and a.id = c.account_id
			    returning a.feed_seq, a.members_version),
			person as (
			    insert into account_person (account_id, user_id, email, name)
			    select c.account_id, :user, :email, :name from changed c
			    on conflict (account_id, user_id) do update set email = excluded.email, name = excluded.name),
			joined as (
			    insert into membership (account_id, user_id, canonical_email, owner, permissions, number)
			    select c.account_id, :user, :canonical, false, c.permissions, b.members_version
			      from changed c cross join bump b),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, actor_id, invitation_id, user_id,
			                               permissions)
			    select c.account_id, b.feed_seq, 'invitation.accepted', 'USER', :user, c.id, :user, c.permissions
			      from changed c cross join bump b)
			select %s
			  from changed i cross join bump
			""".formatted(InvitationSql.COLUMNS);

	private final DatabaseClient database;

	AcceptInvitation(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Runs the statement.
	 * @param link a link whose signature was verified
	 * @return the invitation, or empty if a condition was not met
	 */
	Mono<Invitation> execute(LinkToken link, UserId user, EmailAddress email, String name) {
		return this.database.sql(SQL)
			.bind("account", link.scope())
			.bind("id", link.subject())
			.bind("version", link.version())
			.bind("user", user.value())
			.bind("email", email.value())
			.bind("canonical", email.canonical())
			.bind("name", name)
			.map(InvitationSql::invitation)
			.one();
	}

}
