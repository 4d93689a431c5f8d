package dev.latchkey.invitation;

import dev.latchkey.shared.EmailAddress;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The open invitations for one's own address. Seeing them accepts nothing: that takes the
 * link.
 */
public class MyInvitations {

	private static final int MOST = 100;

	private final DatabaseClient database;

	private final InvitationRows rows;

	MyInvitations(DatabaseClient database, InvitationRows rows) {
		this.database = database;
		this.rows = rows;
	}

	/**
	 * What is open, newest first, at most {@value #MOST}.
	 */
	public Flux<Offer> openFor(EmailAddress email) {
		return this.database
			.sql("select " + InvitationRows.COLUMNS + " from invitation i join account a on a.id = i.account_id"
					+ " where i.canonical_email = :email and i.status = 'PENDING' and i.expires_at > now()"
					+ " and a.owner_id = i.inviter_id order by i.issued_at desc limit :most")
			.bind("email", email.canonical())
			.bind("most", MOST)
			.map(InvitationRows::invitation)
			.all()
			.collectList()
			.flatMapMany(Flux::fromIterable)
			.concatMap(this::offer);
	}

	private Mono<Offer> offer(Invitation invitation) {
		return this.rows.parties(invitation).map((parties) -> new Offer(invitation, parties));
	}

	/**
	 * An open invitation and who offers it.
	 */
	public record Offer(Invitation invitation, Parties parties) {

	}

}
