package dev.latchkey.ownership;

import java.time.Duration;
import java.time.Instant;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The statements of an ownership transfer. It is rare, so each step is a plain
 * transaction that locks the account first, and what it reads behind the lock holds until
 * the commit.
 */
class OwnershipTransferStore {

	private static final String OPEN = " and transfer_expires_at > now() ";

	private final DatabaseClient database;

	OwnershipTransferStore(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Locks the account for its owner.
	 * @return the owner, or empty if it is somebody else's
	 */
	Mono<UserId> lockOwned(AccountId account, UserId owner) {
		return this.database
			.sql("select owner_id from account where id = :account and owner_id = :owner for no key update")
			.bind("account", account.value())
			.bind("owner", owner.value())
			.map((row) -> new UserId(Columns.uuid(row, "owner_id")))
			.one();
	}

	/**
	 * Locks an account with an open offer for either of the two.
	 * @return who offers it to whom, or empty
	 */
	Mono<Parties> lockOffered(AccountId account, UserId party) {
		return this.database
			.sql("select owner_id, transfer_to from account where id = :account" + OPEN
					+ "and (owner_id = :party or transfer_to = :party) for no key update")
			.bind("account", account.value())
			.bind("party", party.value())
			.map((row) -> new Parties(new UserId(Columns.uuid(row, "owner_id")),
					new UserId(Columns.uuid(row, "transfer_to"))))
			.one();
	}

	/**
	 * Offers a locked account, instead of an offer before.
	 */
	Mono<Step> offer(AccountId account, UserId to, Duration validity) {
		return step(this.database.sql("""
				update account
				   set transfer_to = :to, transfer_expires_at = now() + make_interval(secs => :validity),
				       transfer_version = transfer_version + 1, feed_seq = feed_seq + 1
				 where id = :account
				returning feed_seq, transfer_version
				""").bind("to", to.value()).bind("validity", (double) validity.toSeconds()), account);
	}

	/**
	 * Ends the offer of a locked account.
	 */
	Mono<Step> end(AccountId account) {
		return step(this.database.sql("""
				update account set transfer_to = null, transfer_expires_at = null, feed_seq = feed_seq + 1
				 where id = :account
				returning feed_seq, transfer_version
				"""), account);
	}

	/**
	 * Hands a locked account over. What the old owner has offered to invitees becomes the
	 * new owner's word: an invitation is only as good as its inviter's ownership.
	 */
	Mono<Step> handOver(AccountId account, Parties parties) {
		return own(account, parties.owner(), false).then(own(account, parties.heir(), true))
			.then(inherit(account, parties.heir()))
			.then(step(this.database.sql("""
					update account
					   set owner_id = :heir, transfer_to = null, transfer_expires_at = null, feed_seq = feed_seq + 1,
					       members_version = members_version + 1
					 where id = :account
					returning feed_seq, transfer_version
					""").bind("heir", parties.heir().value()), account));
	}

	Mono<Void> log(AccountId account, Step step, String type, UserId actor, UserId about) {
		return this.database.sql("""
				insert into account_event (account_id, seq, type, actor_kind, actor_id, user_id)
				values (:account, :seq, :type, 'USER', :actor, :about)
				""")
			.bind("account", account.value())
			.bind("seq", step.seq())
			.bind("type", type)
			.bind("actor", actor.value())
			.bind("about", about.value())
			.then();
	}

	/**
	 * What the mail of an offer says, while that offer is open.
	 * @return the offer, or empty
	 */
	Mono<Offer> find(AccountId account, int version) {
		return this.database.sql("""
				select a.name as account_name, a.locale, a.transfer_expires_at, p.email, o.name as owner_name
				  from account a
				  join account_person p on p.account_id = a.id and p.user_id = a.transfer_to
				  join account_person o on o.account_id = a.id and o.user_id = a.owner_id
				 where a.id = :account and a.transfer_version = :version and a.transfer_expires_at > now()
				""")
			.bind("account", account.value())
			.bind("version", version)
			.map((row) -> new Offer(news(row), Columns.instant(row, "transfer_expires_at")))
			.one();
	}

	/**
	 * What somebody who has handed the account over is told of it.
	 * @return the news, or empty if nothing is known of them here
	 */
	Mono<News> findNews(AccountId account, UserId before) {
		return this.database.sql("""
				select a.name as account_name, a.locale, p.email, o.name as owner_name
				  from account a
				  join account_person p on p.account_id = a.id and p.user_id = :before
				  join account_person o on o.account_id = a.id and o.user_id = a.owner_id
				 where a.id = :account
				""")
			.bind("account", account.value())
			.bind("before", before.value())
			.map(OwnershipTransferStore::news)
			.one();
	}

	private Mono<Void> own(AccountId account, UserId member, boolean owner) {
		return this.database.sql("""
				update membership set owner = :owner, permissions = :all, version = version + 1
				 where account_id = :account and user_id = :member
				""")
			.bind("owner", owner)
			.bind("all", PermissionSet.all().keys().toArray(String[]::new))
			.bind("account", account.value())
			.bind("member", member.value())
			.then();
	}

	private Mono<Void> inherit(AccountId account, UserId heir) {
		return this.database
			.sql("update invitation set inviter_id = :heir where account_id = :account and status = 'PENDING'")
			.bind("heir", heir.value())
			.bind("account", account.value())
			.then();
	}

	private static Mono<Step> step(DatabaseClient.GenericExecuteSpec statement, AccountId account) {
		return statement.bind("account", account.value())
			.map((row) -> new Step(Columns.longValue(row, "feed_seq"), Columns.intValue(row, "transfer_version")))
			.one();
	}

	private static News news(Readable row) {
		return new News(EmailAddress.of(Columns.string(row, "email")), Columns.string(row, "account_name"),
				Columns.string(row, "owner_name"), Columns.string(row, "locale"));
	}

	/**
	 * Between whom a transfer is.
	 */
	record Parties(UserId owner, UserId heir) {

	}

	/**
	 * One step of a transfer.
	 *
	 * @param seq the number of its event
	 * @param version of the offer
	 */
	record Step(long seq, int version) {

	}

	record Offer(News news, Instant expiresAt) {

	}

	record News(EmailAddress to, String accountName, String ownerName, String locale) {

	}

}
