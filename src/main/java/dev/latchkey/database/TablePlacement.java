package dev.latchkey.database;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The placement of a table in a Citus cluster. All rows that one statement of an account
 * uses are on the same machine; decision record 18 contains the reasons.
 *
 * @param column the distribution column; null for a reference table, of which every
 * machine has a copy
 * @param colocatedWith the table whose rows with the same value are on the same machine;
 * null for none
 */
record TablePlacement(String table, @Nullable String column, @Nullable String colocatedWith) {

	private static final String ACCOUNT = "account";

	/** In the order in which they are distributed: referenced tables come first. */
	static final List<TablePlacement> ALL = Stream
		.of(reference("users"), reference("account_external_id"), reference("session_end"), distributed(ACCOUNT, "id"),
				withAccount("account_person", "account_id"), withAccount("membership", "account_id"),
				withAccount("invitation", "account_id"), withAccount("invitee_quota", "account_id"),
				withAccount("account_event", "account_id"), withAccount("outbox", "shard_id"),
				withAccount("mail_attempt", "shard_id"), withAccount("idempotency_receipt", "shard_id"),
				withAccount("sign_up", "id"), withAccount("password_reset", "user_id"),
				distributed("session", "token_hash"), distributed("throttle", "bucket"),
				distributed("address_attempt", "address_hash"),
				new TablePlacement("known_source", "address_hash", "address_attempt"),
				distributed("mailbox_quota", "mailbox"))
		.toList();

	private static TablePlacement reference(String table) {
		return new TablePlacement(table, null, null);
	}

	private static TablePlacement distributed(String table, String column) {
		return new TablePlacement(table, column, null);
	}

	private static TablePlacement withAccount(String table, String column) {
		return new TablePlacement(table, column, ACCOUNT);
	}

	boolean isReference() {
		return this.column == null;
	}

	/**
	 * The statement that distributes the table and moves its rows.
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
