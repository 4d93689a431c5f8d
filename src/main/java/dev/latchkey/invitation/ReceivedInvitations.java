package dev.latchkey.invitation;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The open invitations for one's own address. Seeing them accepts nothing: that takes the
 * link.
 */
public class ReceivedInvitations {

	private static final int MOST = 100;

	private static final String OPEN = """
			select
			""" + InvitationStore.COLUMNS + """
			       , a.name as account_name, p.name as inviter_name
			  from invitation i
			  join account a on a.id = i.account_id and a.owner_id = i.inviter_id
			  join account_person p on p.account_id = i.account_id and p.user_id = i.inviter_id
			 where i.canonical_email = :email and i.status = 'PENDING' and i.expires_at > now()
			 order by i.issued_at desc
			 limit :most
			""";

	private final DatabaseClient database;

	ReceivedInvitations(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * What is open, newest first, at most {@value #MOST}.
	 */
	public Flux<Offer> openFor(EmailAddress email) {
		return this.database.sql(OPEN)
			.bind("email", email.canonical())
			.bind("most", MOST)
			.map(ReceivedInvitations::offer)
			.all();
	}

	private static Offer offer(Readable row) {
		Invitation invitation = InvitationStore.invitation(row);
		return new Offer(invitation, new InvitationParties(invitation.account(), Columns.string(row, "account_name"),
				Columns.string(row, "inviter_name")));
	}

	/**
	 * An open invitation and who offers it.
	 */
	public record Offer(Invitation invitation, InvitationParties parties) {

	}

}
