package dev.latchkey.database;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How one table is laid out on many machines. What an account needs in one statement lies
 * on one of them; record 18 has the reasons.
 *
 * @param column its rows are spread by this column; null for a reference table, of which
 * every machine has a copy
 * @param colocatedWith rows with the same value lie with those of this table; null for a
 * layout of its own
 */
record TablePlacement(String table, @Nullable String column, @Nullable String colocatedWith) {

	private static final String ACCOUNT = "account";

	/** In the order in which they are distributed: whatever is referred to goes first. */
	static final List<TablePlacement> ALL = Stream
		.of(copied("users"), copied("account_external_id"), copied("session_end"), spread(ACCOUNT, "id"),
				withAccount("account_person", "account_id"), withAccount("membership", "account_id"),
				withAccount("invitation", "account_id"), withAccount("invitee_quota", "account_id"),
				withAccount("account_event", "account_id"), withAccount("outbox", "shard_id"),
				withAccount("mail_attempt", "shard_id"), withAccount("idempotency_receipt", "shard_id"),
				withAccount("sign_up", "id"), withAccount("password_reset", "user_id"), spread("session", "token_hash"),
				spread("throttle", "bucket"), spread("mailbox_quota", "mailbox"))
		.toList();

	private static TablePlacement copied(String table) {
		return new TablePlacement(table, null, null);
	}

	private static TablePlacement spread(String table, String column) {
		return new TablePlacement(table, column, null);
	}

	private static TablePlacement withAccount(String table, String column) {
		return new TablePlacement(table, column, ACCOUNT);
	}

	boolean isReference() {
		return this.column == null;
	}

	/**
	 * The statement that lays the table out. It moves rows that are there already.
	 */
	String statement() {
		if (isReference()) {
			return "select create_reference_table('" + this.table + "')";
		}
		String group = (this.colocatedWith != null) ? this.colocatedWith : "none";
		return "select create_distributed_table('" + this.table + "', '" + this.column + "', colocate_with => '" + group
				+ "')";
	}

}
