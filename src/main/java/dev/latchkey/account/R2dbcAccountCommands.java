package dev.latchkey.account;

import java.util.Locale;
import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The commands on accounts, one statement for each.
 */
class R2dbcAccountCommands implements AccountCommands {

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

	private static final String SET_VALIDITY = """
			with locked as (
			    select id from account where id = :account and owner_id = :owner for no key update),
			changed as (
			    update account a set valid_days = :days, feed_seq = a.feed_seq + 1
			      from locked l
			     where a.id = :account and a.id = l.id
			    returning a.id, a.feed_seq),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, actor_id)
			    select id, feed_seq, 'account.validity-changed', 'USER', :owner from changed)
			select feed_seq from changed
			""";

	private final DatabaseClient database;

	R2dbcAccountCommands(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<AccountId> create(AccountId id, Caller owner, String name, Locale locale,
			Optional<IdempotencyKey> key) {
		UserId user = owner.user();
		DatabaseClient.GenericExecuteSpec statement = this.database.sql(CREATE)
			.bind("id", id.value())
			.bind("owner", user.value())
			.bind("name", name)
			.bind("locale", locale.toLanguageTag())
			.bind("email", owner.email().value())
			.bind("canonical", owner.email().canonical())
			.bind("ownerName", owner.name())
			.bind("permissions", PermissionSet.all().keys().toArray(String[]::new));
		return IdempotencyReceipts.bind(statement, user.value(), user, key)
			.map((row) -> new AccountId(Columns.uuid(row, "id")))
			.one();
	}

	@Override
	public Mono<Long> setValidity(AccountId account, UserId owner, @Nullable ValidityDays validity) {
		return this.database.sql(SET_VALIDITY)
			.bind("account", account.value())
			.bind("owner", owner.value())
			.bind("days", Columns.orNull(R2dbcType.INTEGER, (validity != null) ? validity.days() : null))
			.map((row) -> Columns.longValue(row, "feed_seq"))
			.one();
	}

}
