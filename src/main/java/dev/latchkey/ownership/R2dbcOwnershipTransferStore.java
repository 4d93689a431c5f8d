package dev.latchkey.ownership;

import java.time.Duration;

import dev.latchkey.feed.EventType;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The statements of an ownership transfer. Transfers are rare, so each step is a plain
 * transaction that locks the account first. What it reads after that cannot change until
 * the commit.
 */
class R2dbcOwnershipTransferStore implements OwnershipTransferStore {

	private static final String OFFER_IS_OPEN = " and transfer_expires_at > now() ";

	private static final String SET_OWNER = """
			update account
			   set owner_id = :newOwner, transfer_to = null, transfer_expires_at = null, feed_seq = feed_seq + 1,
			       members_version = members_version + 1
			 where id = :account
			returning feed_seq, transfer_version
			""";

	private final DatabaseClient database;

	private final Duration validity;

	/**
	 * Creates the store.
	 * @param validity how long an offer is valid
	 */
	R2dbcOwnershipTransferStore(DatabaseClient database, Duration validity) {
		this.database = database;
		this.validity = validity;
	}

	@Override
	public Mono<UserId> lockIfOwned(AccountId account, UserId owner) {
		return this.database
			.sql("select owner_id from account where id = :account and owner_id = :owner for no key update")
			.bind("account", account.value())
			.bind("owner", owner.value())
			.map((row) -> new UserId(Columns.uuid(row, "owner_id")))
			.one();
	}

	@Override
	public Mono<Parties> lockIfOffered(AccountId account, UserId party) {
		return this.database
			.sql("select owner_id, transfer_to from account where id = :account" + OFFER_IS_OPEN
					+ "and (owner_id = :party or transfer_to = :party) for no key update")
			.bind("account", account.value())
			.bind("party", party.value())
			.map((row) -> new Parties(new UserId(Columns.uuid(row, "owner_id")),
					new UserId(Columns.uuid(row, "transfer_to"))))
			.one();
	}

	@Override
	public Mono<TransferEvent> offer(AccountId account, UserId newOwner) {
		return event(this.database.sql("""
				update account
				   set transfer_to = :newOwner, transfer_expires_at = now() + make_interval(secs => :validity),
				       transfer_version = transfer_version + 1, feed_seq = feed_seq + 1
				 where id = :account
				returning feed_seq, transfer_version
				""").bind("newOwner", newOwner.value()).bind("validity", Intervals.seconds(this.validity)), account);
	}

	@Override
	public Mono<TransferEvent> endOffer(AccountId account) {
		return event(this.database.sql("""
				update account set transfer_to = null, transfer_expires_at = null, feed_seq = feed_seq + 1
				 where id = :account
				returning feed_seq, transfer_version
				"""), account);
	}

	@Override
	public Mono<TransferEvent> transfer(AccountId account, Parties parties) {
		return updateMembership(account, parties.owner(), false)
			.then(updateMembership(account, parties.newOwner(), true))
			.then(replaceInviter(account, parties.newOwner()))
			.then(event(this.database.sql(SET_OWNER).bind("newOwner", parties.newOwner().value()), account));
	}

	@Override
	public Mono<Void> log(AccountId account, TransferEvent event, EventType type, UserId actor, UserId user) {
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

	@Override
	public Mono<OfferMail> findOfferMail(AccountId account, int version) {
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

	@Override
	public Mono<MailContent> findTransferredMail(AccountId account, UserId previousOwner) {
		return this.database.sql("""
				select a.name as account_name, a.locale, p.email, o.name as owner_name
				  from account a
				  join account_person p on p.account_id = a.id and p.user_id = :previousOwner
				  join account_person o on o.account_id = a.id and o.user_id = a.owner_id
				 where a.id = :account
				""")
			.bind("account", account.value())
			.bind("previousOwner", previousOwner.value())
			.map(R2dbcOwnershipTransferStore::content)
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

}
