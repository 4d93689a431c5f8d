package dev.latchkey.ownership;

import java.time.Duration;
import java.time.Instant;

import dev.latchkey.feed.EventType;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The statements of an ownership transfer. Transfers are rare, so each step is a plain
 * transaction that locks the account first. What it reads after that cannot change until
 * the commit.
 */
class OwnershipTransferStore {

	private static final String OFFER_IS_OPEN = " and transfer_expires_at > now() ";

	private static final String SET_OWNER = """
			update account
			   set owner_id = :newOwner, transfer_to = null, transfer_expires_at = null, feed_seq = feed_seq + 1,
			       members_version = members_version + 1
			 where id = :account
			returning feed_seq, transfer_version
			""";

	private final DatabaseClient database;

	OwnershipTransferStore(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Locks an account if the user is its owner.
	 * @return the owner, or empty if the user is not the owner
	 */
	Mono<UserId> lockIfOwned(AccountId account, UserId owner) {
		return this.database
			.sql("select owner_id from account where id = :account and owner_id = :owner for no key update")
			.bind("account", account.value())
			.bind("owner", owner.value())
			.map((row) -> new UserId(Columns.uuid(row, "owner_id")))
			.one();
	}

	/**
	 * Locks an account if it has an open offer and the user is one of the two parties.
	 * @return the parties, or empty
	 */
	Mono<Parties> lockIfOffered(AccountId account, UserId party) {
		return this.database
			.sql("select owner_id, transfer_to from account where id = :account" + OFFER_IS_OPEN
					+ "and (owner_id = :party or transfer_to = :party) for no key update")
			.bind("account", account.value())
			.bind("party", party.value())
			.map((row) -> new Parties(new UserId(Columns.uuid(row, "owner_id")),
					new UserId(Columns.uuid(row, "transfer_to"))))
			.one();
	}

	/**
	 * Offers the ownership of a locked account. This replaces an earlier offer.
	 * @return the event to log
	 */
	Mono<TransferEvent> offer(AccountId account, UserId newOwner, Duration validity) {
		return event(this.database.sql("""
				update account
				   set transfer_to = :newOwner, transfer_expires_at = now() + make_interval(secs => :validity),
				       transfer_version = transfer_version + 1, feed_seq = feed_seq + 1
				 where id = :account
				returning feed_seq, transfer_version
				""").bind("newOwner", newOwner.value()).bind("validity", (double) validity.toSeconds()), account);
	}

	/**
	 * Ends the offer of a locked account.
	 * @return the event to log
	 */
	Mono<TransferEvent> endOffer(AccountId account) {
		return event(this.database.sql("""
				update account set transfer_to = null, transfer_expires_at = null, feed_seq = feed_seq + 1
				 where id = :account
				returning feed_seq, transfer_version
				"""), account);
	}

	/**
	 * Transfers the ownership of a locked account. The new owner also becomes the inviter
	 * of all pending invitations, because an invitation is valid only while its inviter
	 * is the owner.
	 * @return the event to log
	 */
	Mono<TransferEvent> transfer(AccountId account, Parties parties) {
		return updateMembership(account, parties.owner(), false)
			.then(updateMembership(account, parties.newOwner(), true))
			.then(replaceInviter(account, parties.newOwner()))
			.then(event(this.database.sql(SET_OWNER).bind("newOwner", parties.newOwner().value()), account));
	}

	/**
	 * Writes an event to the log of the account.
	 * @param user the user to whom the event refers
	 */
	Mono<Void> log(AccountId account, TransferEvent event, EventType type, UserId actor, UserId user) {
		return this.database.sql("""
				insert into account_event (account_id, seq, type, actor_kind, actor_id, user_id)
				values (:account, :seq, :type, 'USER', :actor, :user)
				""")
			.bind("account", account.value())
			.bind("seq", event.sequence())
			.bind("type", type.wireName())
			.bind("actor", actor.value())
			.bind("user", user.value())
			.then();
	}

	/**
	 * Reads the content of the mail of an offer.
	 * @param version the version of the offer
	 * @return the offer, or empty if that version is not open
	 */
	Mono<OfferMail> findOfferMail(AccountId account, int version) {
		return this.database.sql("""
				select a.name as account_name, a.locale, a.transfer_expires_at, p.email, o.name as owner_name
				  from account a
				  join account_person p on p.account_id = a.id and p.user_id = a.transfer_to
				  join account_person o on o.account_id = a.id and o.user_id = a.owner_id
				 where a.id = :account and a.transfer_version = :version and a.transfer_expires_at > now()
				""")
			.bind("account", account.value())
			.bind("version", version)
			.map((row) -> new OfferMail(content(row), Columns.instant(row, "transfer_expires_at")))
			.one();
	}

	/**
	 * Reads the content of the mail to the previous owner after a transfer.
	 * @return the content, or empty if the data of the previous owner was deleted
	 */
	Mono<MailContent> findTransferredMail(AccountId account, UserId previousOwner) {
		return this.database.sql("""
				select a.name as account_name, a.locale, p.email, o.name as owner_name
				  from account a
				  join account_person p on p.account_id = a.id and p.user_id = :previousOwner
				  join account_person o on o.account_id = a.id and o.user_id = a.owner_id
				 where a.id = :account
				""")
			.bind("account", account.value())
			.bind("previousOwner", previousOwner.value())
			.map(OwnershipTransferStore::content)
			.one();
	}

	private Mono<Void> updateMembership(AccountId account, UserId member, boolean isOwner) {
		return this.database.sql("""
				update membership set owner = :isOwner, permissions = :permissions, version = version + 1
				 where account_id = :account and user_id = :member
				""")
			.bind("isOwner", isOwner)
			.bind("permissions", PermissionSet.all().keys().toArray(String[]::new))
			.bind("account", account.value())
			.bind("member", member.value())
			.then();
	}

	private Mono<Void> replaceInviter(AccountId account, UserId newOwner) {
		return this.database
			.sql("update invitation set inviter_id = :newOwner where account_id = :account and status = 'PENDING'")
			.bind("newOwner", newOwner.value())
			.bind("account", account.value())
			.then();
	}

	private static Mono<TransferEvent> event(DatabaseClient.GenericExecuteSpec statement, AccountId account) {
		return statement.bind("account", account.value())
			.map((row) -> new TransferEvent(Columns.longValue(row, "feed_seq"),
					Columns.intValue(row, "transfer_version")))
			.one();
	}

	private static MailContent content(Readable row) {
		return new MailContent(EmailAddress.of(Columns.string(row, "email")), Columns.string(row, "account_name"),
				Columns.string(row, "owner_name"), Columns.string(row, "locale"));
	}

	/**
	 * The two parties of a transfer.
	 *
	 * @param owner the current owner
	 * @param newOwner the member to whom the account is offered
	 */
	record Parties(UserId owner, UserId newOwner) {

	}

	/**
	 * One step of a transfer, which is logged as an event.
	 *
	 * @param sequence the number of the event in the log of the account
	 * @param offerVersion the version of the offer, which increases with each offer
	 */
	record TransferEvent(long sequence, int offerVersion) {

	}

	/**
	 * The content of the mail of an open offer.
	 */
	record OfferMail(MailContent content, Instant expiresAt) {

	}

	/**
	 * The content of all mails of a transfer.
	 *
	 * @param ownerName the name of the current owner
	 * @param locale the language of the account, as a language tag
	 */
	record MailContent(EmailAddress recipient, String accountName, String ownerName, String locale) {

	}

}
