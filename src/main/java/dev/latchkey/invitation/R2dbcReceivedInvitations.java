package dev.latchkey.invitation;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Reads received invitations from PostgreSQL.
 */
class R2dbcReceivedInvitations implements ReceivedInvitations {

	private static final String PENDING = """
			select %s, a.name as account_name, p.name as inviter_name
			  from invitation i
			  join account a on a.id = i.account_id and a.owner_id = i.inviter_id
			  join account_person p on p.account_id = i.account_id and p.user_id = i.inviter_id
			 where i.canonical_email = :email and %s
			 order by i.issued_at desc
			 limit :limit
			""".formatted(InvitationSql.COLUMNS, InvitationSql.LIVE);

	private final DatabaseClient database;

	R2dbcReceivedInvitations(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Flux<Offer> findPending(EmailAddress email) {
		return this.database.sql(PENDING)
			.bind("email", email.canonical())
			.bind("limit", MAX_ROWS)
			.map(R2dbcReceivedInvitations::offer)
			.all();
	}

	private static Offer offer(Readable row) {
		Invitation invitation = InvitationSql.invitation(row);
		return new Offer(invitation, new InvitationParties(invitation.account(), Columns.string(row, "account_name"),
				Columns.string(row, "inviter_name")));
	}

}
