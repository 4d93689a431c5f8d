package dev.latchkey.invitation;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The pending invitations for the address of a user. Accepting one needs its link, which
 * is not part of the list.
 */
public class ReceivedInvitations {

	private static final int MAX_ROWS = 100;

	private static final String PENDING = """
			select %s, a.name as account_name, p.name as inviter_name
			  from invitation i
			  join account a on a.id = i.account_id and a.owner_id = i.inviter_id
			  join account_person p on p.account_id = i.account_id and p.user_id = i.inviter_id
			 where i.canonical_email = :email and %s
			 order by i.issued_at desc
			 limit :limit
			""".formatted(InvitationStore.COLUMNS, InvitationStore.LIVE);

	private final DatabaseClient database;

	ReceivedInvitations(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * The pending invitations, newest first, at most {@value #MAX_ROWS}.
	 */
	public Flux<Offer> findPending(EmailAddress email) {
		return this.database.sql(PENDING)
			.bind("email", email.canonical())
			.bind("limit", MAX_ROWS)
			.map(ReceivedInvitations::offer)
			.all();
	}

	private static Offer offer(Readable row) {
		Invitation invitation = InvitationStore.invitation(row);
		return new Offer(invitation, new InvitationParties(invitation.account(), Columns.string(row, "account_name"),
				Columns.string(row, "inviter_name")));
	}

	/**
	 * A pending invitation with the names of its account and inviter.
	 */
	public record Offer(Invitation invitation, InvitationParties parties) {

	}

}
