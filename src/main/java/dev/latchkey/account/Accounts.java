package dev.latchkey.account;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.command.CommandResult;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.feed.Feed;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DisplayText;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Billing accounts. The user who creates an account becomes its owner.
 */
public class Accounts {

	private static final String CREATE = """
			with changed as (
			    insert into account (id, owner_id, name, locale, feed_seq, members_version, member_count)
			    values (:id, :owner, :name, :locale, 1, 1, 1)
			    returning id),
			person as (
			    insert into account_person (account_id, user_id, email, name)
			    select id, :owner, :email, :ownerName from changed),
			joined as (
			    insert into membership (account_id, user_id, canonical_email, owner, permissions, number)
			    select id, :owner, :canonical, true, :permissions, 1 from changed),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, actor_id)
			    select id, 1, 'account.created', 'USER', :owner from changed),
			receipt as (
			""" + IdempotencyReceipts.INSERT + """
			)
			select id from changed
			""";

	private final AccountRepository store;

	private final DatabaseClient database;

	private final IdempotencyReceipts receipts;

	private final Feed feed;

	private final IdGenerator ids;

	private final AccountProperties properties;

	Accounts(AccountRepository store, DatabaseClient database, IdempotencyReceipts receipts, Feed feed, IdGenerator ids,
			AccountProperties properties) {
		this.store = store;
		this.database = database;
		this.receipts = receipts;
		this.feed = feed;
		this.ids = ids;
		this.properties = properties;
	}

	/**
	 * Creates an account.
	 * @param locale the default language of its invitations
	 * @param key the idempotency key, or empty
	 * @return the account, or {@link ProblemCode#ACCOUNT_CREATION_CLOSED}
	 */
	public Mono<CommandResult<Account>> create(Caller caller, String name, Locale locale,
			Optional<IdempotencyKey> key) {
		if (!this.properties.selfServiceCreation()) {
			return Mono.error(DomainException.of(ProblemCode.ACCOUNT_CREATION_CLOSED));
		}
		String displayName = DisplayText.name("name", name);
		UserId owner = caller.user();
		return this.receipts.runOnce(owner.value(), owner, key, (id) -> find(new AccountId(id), owner),
				insert(caller, displayName, locale, key).flatMap((id) -> find(id, owner)));
	}

	/**
	 * Finds all accounts of which the user is a member, oldest first.
	 */
	public Flux<Account> findAll(UserId user) {
		return this.store.findAll(user);
	}

	/**
	 * Finds one account.
	 * @return the account, or {@link ProblemCode#NOT_FOUND} if the user is not a member
	 */
	public Mono<Account> find(AccountId account, UserId user) {
		return this.store.find(account, user).switchIfEmpty(Mono.error(DomainException::notFound));
	}

	private Mono<AccountId> insert(Caller caller, String name, Locale locale, Optional<IdempotencyKey> key) {
		UUID id = this.ids.get();
		DatabaseClient.GenericExecuteSpec statement = this.database.sql(CREATE)
			.bind("id", id)
			.bind("owner", caller.user().value())
			.bind("name", name)
			.bind("locale", locale.toLanguageTag())
			.bind("email", caller.email().value())
			.bind("canonical", caller.email().canonical())
			.bind("ownerName", caller.name())
			.bind("permissions", PermissionSet.all().keys().toArray(String[]::new));
		return IdempotencyReceipts.bind(statement, caller.user().value(), caller.user(), key)
			.map((row) -> new AccountId(Columns.uuid(row, "id")))
			.one()
			.doOnNext(this.feed::notifyAppended);
	}

}
