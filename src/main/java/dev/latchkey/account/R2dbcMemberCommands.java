package dev.latchkey.account;

import dev.latchkey.command.Refusals;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Calls the database functions of the commands, one statement for each command.
 */
class R2dbcMemberCommands implements MemberCommands {

	private static final String EDIT = """
			select r.refusal, (r.member).* from edit_member(:account, :caller, :user, :permissions, :version) r
			""";

	private static final String REMOVE = "select r.refusal from remove_member(:account, :caller, :user) r";

	private static final String LEAVE = "select r.refusal from leave_account(:account, :caller) r";

	private final DatabaseClient database;

	R2dbcMemberCommands(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Member> edit(AccountId account, UserId caller, UserId user, PermissionSet permissions, int version) {
		return Refusals.resultOf(call(EDIT, account, caller).bind("user", user.value())
			.bind("permissions", permissions.keys().toArray(String[]::new))
			.bind("version", version), MemberConverter::member);
	}

	@Override
	public Mono<Void> remove(AccountId account, UserId caller, UserId user) {
		return Refusals.resultOf(call(REMOVE, account, caller).bind("user", user.value()), (row) -> true).then();
	}

	@Override
	public Mono<Void> leave(AccountId account, UserId user) {
		return Refusals.resultOf(call(LEAVE, account, user), (row) -> true).then();
	}

	private GenericExecuteSpec call(String sql, AccountId account, UserId caller) {
		return this.database.sql(sql).bind("account", account.value()).bind("caller", caller.value());
	}

}
