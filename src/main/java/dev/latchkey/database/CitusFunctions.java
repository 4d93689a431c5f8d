package dev.latchkey.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The functions of the commands in a Citus cluster. Citus sends the call of a distributed
 * function as a whole to the machine of its account. The functions that it calls must
 * exist on each machine.
 */
final class CitusFunctions {

	/**
	 * The functions that the service calls and whose rows all belong to the account
	 * {@code p_account}.
	 */
	static final Set<String> COMMANDS = Set.of("accept_invitation", "accept_ownership_offer", "create_invitation",
			"create_invitations", "decline_invitation", "edit_invitation", "edit_member", "end_ownership_offer",
			"leave_account", "offer_ownership", "queue_reminders", "record_delivery", "remove_member",
			"resend_invitation", "revoke_invitation", "set_account_validity", "sweep_account");

	/**
	 * Functions that are not distributed yet. Citus itself copies a function that is
	 * created when the tables are distributed, but does not know its account.
	 */
	private static final String MISSING = """
			select p.proname, p.oid::regprocedure::text as signature, d.objid is not null as is_copied
			  from pg_proc p
			  left join pg_dist_object d on d.classid = 'pg_proc'::regclass and d.objid = p.oid
			 where p.pronamespace = current_schema()::regnamespace and p.prokind = 'f'
			   and d.distribution_argument_index is null
			   and not exists (select 1 from pg_depend e
			                    where e.classid = 'pg_proc'::regclass and e.objid = p.oid and e.deptype = 'e')
			 order by signature
			""";

	private CitusFunctions() {
	}

	/**
	 * Distributes the functions that are not distributed yet.
	 */
	static void distribute(Statement statement) throws SQLException {
		for (String call : calls(statement)) {
			statement.execute(call);
		}
	}

	private static List<String> calls(Statement statement) throws SQLException {
		List<String> calls = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery(MISSING)) {
			while (rows.next()) {
				String signature = rows.getString("signature");
				if (COMMANDS.contains(rows.getString("proname"))) {
					calls.add("select create_distributed_function('" + signature
							+ "', 'p_account', colocate_with => 'account')");
				}
				else if (!rows.getBoolean("is_copied")) {
					calls.add("select create_distributed_function('" + signature + "')");
				}
			}
		}
		return calls;
	}

}
