package dev.latchkey.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.model.Rows.AccountRow;
import dev.latchkey.model.Rows.CreationRow;
import dev.latchkey.model.Rows.InvitationRow;
import dev.latchkey.model.Rows.InvitationTimes;
import dev.latchkey.model.Rows.MemberRow;
import dev.latchkey.model.Rows.OfferRow;
import dev.latchkey.model.Rows.QuotaRow;
import dev.latchkey.model.Rows.ReceiptRow;
import dev.latchkey.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of the accounts of a sequence.
 */
final class StoredState {

	/** Minutes from now, of a column. */
	static final String MINUTES = "round(extract(epoch from %s - now()) / 60)::bigint as %s";

	private static final String ACCOUNT = """
			select a.*, o.count as overdue, creation_window > now() - interval '1 day' as window_open,
			       transfer_expires_at > now() as offer_open, %s, %s
			  from account a
			  cross join (select count(*) from invitation
			               where account_id = ? and status = 'PENDING' and expires_at <= now()) o
			 where a.id = ?
			""".formatted(MINUTES.formatted("creation_window", "window_start"),
			MINUTES.formatted("transfer_expires_at", "offer_end"));

	private static final String INVITATIONS = """
			select number, canonical_email, inviter_id, array_to_string(permissions, ',') as permissions,
			       case when status = 'PENDING' and expires_at <= now() then 'EXPIRED' else status end as status,
			       status = 'EXPIRED' as marked, delivery_status, token_version, version, send_count, valid_days,
			       %s, %s, %s, %s, accepted_by, decline_reason
			  from invitation where account_id = ? order by number
			""".formatted(MINUTES.formatted("created_at", "created"), MINUTES.formatted("issued_at", "issued"),
			MINUTES.formatted("expires_at", "expires"),
			MINUTES.formatted(
					"(case when status = 'PENDING' and expires_at <= now() then expires_at else ended_at end)",
					"ended"));

	private static final String MEMBERS = """
			select user_id, owner, array_to_string(permissions, ',') as permissions, version, number, %s
			  from membership where account_id = ? order by number, user_id
			""".formatted(MINUTES.formatted("joined_at", "joined"));

	private static final String QUOTAS = """
			select mailbox, resends, %s from invitee_quota
			 where account_id = ? and window_start > now() - interval '1 day'
			""".formatted(MINUTES.formatted("window_start", "start"));

	private static final String RECEIPTS = """
			select r.shard_id, r.caller_id, r.key, i.number as invitation
			  from idempotency_receipt r
			  left join invitation i on i.account_id = r.shard_id and i.id = r.subject_id
			 where r.shard_id = ?
			""";

	private final TestDatabase database;

	private final StoredIds ids;

	private final StoredLog log;

	StoredState(TestDatabase database, StoredIds ids) {
		this.database = database;
		this.ids = ids;
		this.log = new StoredLog(database, ids);
	}

	List<Record> read() {
		List<Record> rows = new ArrayList<>();
		for (int number = 1; number <= this.ids.accounts().size(); number++) {
			int account = number;
			UUID id = this.ids.accounts().get(number - 1);
			this.database.rows(ACCOUNT, id, id).forEach((row) -> addAccount(rows, account, row));
			read(MEMBERS, id, (row) -> member(account, row)).forEach(rows::add);
			read(INVITATIONS, id, (row) -> invitation(account, row)).forEach(rows::add);
			read(QUOTAS, id, (row) -> quota(account, row)).forEach(rows::add);
			read(RECEIPTS, id, (row) -> receipt(account, row)).forEach(rows::add);
			rows.addAll(this.log.read(account, id));
		}
		for (UUID user : this.ids.users()) {
			read(RECEIPTS, user, (row) -> receipt(0, row)).forEach(rows::add);
		}
		return rows;
	}

	private Stream<Record> read(String sql, UUID shard, RowReader reader) {
		return this.database.rows(sql, shard).stream().map(reader::read);
	}

	private void addAccount(List<Record> rows, int account, Map<String, Object> row) {
		int overdue = number(row, "overdue");
		rows.add(new AccountRow(account, person(row, "owner_id"), (Integer) row.get("valid_days"),
				longNumber(row, "members_version"), number(row, "member_count"), longNumber(row, "invitation_seq"),
				number(row, "pending_count") - overdue, number(row, "accepted_count"), number(row, "declined_count"),
				number(row, "revoked_count"), number(row, "expired_count") + overdue));
		if (isTrue(row, "window_open")) {
			rows.add(new CreationRow(account, number(row, "creation_count"), longNumber(row, "window_start")));
		}
		if (isTrue(row, "offer_open")) {
			rows.add(new OfferRow(account, person(row, "transfer_to"), number(row, "transfer_version"),
					longNumber(row, "offer_end")));
		}
	}

	private MemberRow member(int account, Map<String, Object> row) {
		return new MemberRow(account, person(row, "user_id"), isTrue(row, "owner"), list(row.get("permissions")),
				number(row, "version"), longNumber(row, "number"), longNumber(row, "joined"));
	}

	private InvitationRow invitation(int account, Map<String, Object> row) {
		String status = String.valueOf(row.get("status"));
		InvitationTimes times = new InvitationTimes(longNumber(row, "created"), longNumber(row, "issued"),
				longNumber(row, "expires"), (Long) row.get("ended"));
		return new InvitationRow(account, number(row, "number"),
				this.ids.personAt(Objects.requireNonNull(row.get("canonical_email"))),
				status.equals("PENDING") ? person(row, "inviter_id") : null, list(row.get("permissions")), status,
				isTrue(row, "marked"), String.valueOf(row.get("delivery_status")), number(row, "token_version"),
				number(row, "version"), number(row, "send_count"), (Integer) row.get("valid_days"), times,
				this.ids.person(row.get("accepted_by")), (String) row.get("decline_reason"));
	}

	private QuotaRow quota(int account, Map<String, Object> row) {
		return new QuotaRow(account, this.ids.personAt(Objects.requireNonNull(row.get("mailbox"))),
				number(row, "resends"), longNumber(row, "start"));
	}

	private ReceiptRow receipt(int account, Map<String, Object> row) {
		return new ReceiptRow(account, person(row, "caller_id"), String.valueOf(row.get("key")),
				(account > 0) ? "invitation " + row.get("invitation") : "account");
	}

	private Person person(Map<String, Object> row, String column) {
		return Objects.requireNonNull(this.ids.person(row.get(column)), column);
	}

	static int number(Map<String, Object> row, String column) {
		return (int) longNumber(row, column);
	}

	static long longNumber(Map<String, Object> row, String column) {
		return ((Number) Objects.requireNonNull(row.get(column), column)).longValue();
	}

	static List<String> list(@Nullable Object joined) {
		return (joined == null || joined.equals("")) ? List.of() : List.of(joined.toString().split(","));
	}

	private static boolean isTrue(Map<String, Object> row, String column) {
		return Boolean.TRUE.equals(row.get(column));
	}

	private interface RowReader {

		Record read(Map<String, Object> row);

	}

}
