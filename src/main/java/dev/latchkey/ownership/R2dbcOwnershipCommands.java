package dev.latchkey.ownership;

import java.time.Duration;

import dev.latchkey.command.Refusals;
import dev.latchkey.mail.Traceparent;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Calls the database functions of the commands, one statement for each command.
 */
class R2dbcOwnershipCommands implements OwnershipCommands {

	private static final String OFFER = """
			select r.refusal, r.changed
			  from offer_ownership(:account, :caller, :newOwner, :validity, :mail, :traceparent) r
			""";

	private static final String END_OFFER = """
			select r.refusal, r.changed from end_ownership_offer(:account, :caller) r
			""";

	private static final String ACCEPT = """
			select r.refusal, r.changed
			  from accept_ownership_offer(:account, :caller, :permissions, :mail, :traceparent) r
			""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final Duration validity;

	/**
	 * Creates the commands.
	 * @param validity how long an offer is valid
	 */
	R2dbcOwnershipCommands(DatabaseClient database, IdGenerator ids, Duration validity) {
		this.database = database;
		this.ids = ids;
		this.validity = validity;
	}

	@Override
	public Mono<Void> offer(AccountId account, UserId owner, UserId newOwner) {
		return executeWithMail(call(OFFER, account, owner).bind("newOwner", newOwner.value())
			.bind("validity", Intervals.seconds(this.validity))).then();
	}

	@Override
	public Mono<Void> endOffer(AccountId account, UserId party) {
		return execute(call(END_OFFER, account, party)).then();
	}

	@Override
	public Mono<Boolean> accept(AccountId account, UserId user) {
		return executeWithMail(
				call(ACCEPT, account, user).bind("permissions", PermissionSet.all().keys().toArray(String[]::new)));
	}

	private GenericExecuteSpec call(String sql, AccountId account, UserId caller) {
		return this.database.sql(sql).bind("account", account.value()).bind("caller", caller.value());
	}

	private Mono<Boolean> executeWithMail(GenericExecuteSpec call) {
		return Mono.deferContextual(
				(context) -> execute(call.bind("mail", this.ids.get()).bind("traceparent", Traceparent.of(context))));
	}

	private static Mono<Boolean> execute(GenericExecuteSpec call) {
		return Refusals.resultOf(call, (row) -> Columns.booleanValue(row, "changed"));
	}

}
