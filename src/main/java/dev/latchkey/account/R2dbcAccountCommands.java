package dev.latchkey.account;

import java.util.Locale;
import java.util.Optional;

import dev.latchkey.command.CommandResult;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.Refusals;
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
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Calls the database functions of the commands, one statement for each command.
 */
class R2dbcAccountCommands implements AccountCommands {

	private static final String CREATE = """
			select r.refusal, r.replayed, (r.account).*
			  from create_account(:id, :caller, :name, :locale, :email, :canonical, :callerName, :permissions, :key,
			                      :fingerprint) r
			""";

	private static final String SET_VALIDITY = """
			select r.refusal, (r.account).* from set_account_validity(:account, :caller, :days) r
			""";

	private final DatabaseClient database;

	R2dbcAccountCommands(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<CommandResult<Account>> create(AccountId id, Caller owner, String name, Locale locale,
			Optional<IdempotencyKey> key) {
		GenericExecuteSpec call = this.database.sql(CREATE)
			.bind("id", id.value())
			.bind("caller", owner.user().value())
			.bind("name", name)
			.bind("locale", locale.toLanguageTag())
			.bind("email", owner.email().value())
			.bind("canonical", owner.email().canonical())
			.bind("callerName", owner.name())
			.bind("permissions", PermissionSet.all().keys().toArray(String[]::new));
		return Refusals.resultOf(IdempotencyKey.bind(call, key),
				(row) -> new CommandResult<>(AccountConverter.account(row), Columns.booleanValue(row, "replayed")));
	}

	@Override
	public Mono<Account> setValidity(AccountId account, UserId caller, @Nullable ValidityDays validity) {
		return Refusals.resultOf(
				this.database.sql(SET_VALIDITY)
					.bind("account", account.value())
					.bind("caller", caller.value())
					.bind("days", Columns.orNull(R2dbcType.INTEGER, (validity != null) ? validity.days() : null)),
				AccountConverter::account);
	}

}
