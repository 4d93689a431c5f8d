package dev.latchkey.testing;

import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks in the database, without the service, that all accounts are consistent: the
 * rows, the counters and the event log must agree, also after concurrent commands.
 */
public final class AccountAudit {

	private final TestDatabase database;

	public AccountAudit(TestDatabase database) {
		this.database = database;
	}

	/**
	 * Fails if an account is inconsistent.
	 */
	public void check() {
		assertNone("accounts with a gap in the numbers of the events", """
				select a.id, a.feed_seq, count(e.seq), min(e.seq), max(e.seq)
				  from account a left join account_event e on e.account_id = a.id
				 group by a.id
				having a.feed_seq <> count(e.seq) or min(e.seq) <> 1 or max(e.seq) <> a.feed_seq
				""");
		assertNone("accounts with counters that differ from the invitations", """
				select a.id from account a
				  left join lateral (
				      select count(*) filter (where status = 'PENDING') as pending,
				             count(*) filter (where status = 'ACCEPTED') as accepted,
				             count(*) filter (where status = 'DECLINED') as declined,
				             count(*) filter (where status = 'REVOKED') as revoked,
				             count(*) filter (where status = 'EXPIRED') as expired,
				             count(*) as created, coalesce(max(number), 0) as newest
				        from invitation where account_id = a.id) i on true
				 where (a.pending_count, a.accepted_count, a.declined_count, a.revoked_count, a.expired_count,
				        a.invitation_seq, a.invitation_seq)
				       is distinct from (i.pending, i.accepted, i.declined, i.revoked, i.expired, i.created, i.newest)
				""");
		assertNone("accounts with a member counter that differs from the members", """
				select a.id from account a
				 where a.member_count <> (select count(*) from membership m where m.account_id = a.id)
				""");
		assertNone("addresses with two pending invitations", """
				select account_id, canonical_email from invitation where status = 'PENDING'
				 group by account_id, canonical_email having count(*) > 1
				""");
		assertNone("accounts without exactly one owner", """
				select a.id from account a left join membership m on m.account_id = a.id and m.owner
				 group by a.id having count(*) <> 1 or bool_or(m.user_id is distinct from a.owner_id)
				""");
		assertNone("users whose membership differs from their events", """
				select a.id, u.user_id
				  from account a
				  join (select account_id, user_id from account_event where user_id is not null
				         union select account_id, user_id from membership) u on u.account_id = a.id
				 where (select count(*) from account_event e where e.account_id = a.id and e.actor_id = u.user_id
				           and e.type = 'account.created')
				     + (select count(*) from account_event e where e.account_id = a.id and e.user_id = u.user_id
				           and e.type = 'invitation.accepted')
				     - (select count(*) from account_event e where e.account_id = a.id and e.user_id = u.user_id
				           and e.type in ('member.removed', 'member.left'))
				    <> (select count(*) from membership m where m.account_id = a.id and m.user_id = u.user_id)
				""");
		replayEvents();
	}

	private void assertNone(String description, String sql) {
		assertThat(this.database.rows(sql)).as(description).isEmpty();
	}

	/**
	 * Applies the events of each invitation to the state machine and compares the result
	 * with the row. One statement reads events and rows, so that a concurrent sweep
	 * cannot change one of them in between.
	 */
	private void replayEvents() {
		Map<Object, History> histories = new HashMap<>();
		for (Map<String, Object> event : this.database.rows("""
				select coalesce(e.invitation_id, i.id) as id, e.type, e.send_count,
				       array_to_string(e.permissions, ',') as permissions,
				       array_to_string(e.previous, ',') as previous, i.status as row_status,
				       array_to_string(i.permissions, ',') as row_permissions, i.send_count as row_send_count,
				       i.token_version as row_token_version
				  from (select * from account_event where invitation_id is not null) e
				  full join invitation i on i.account_id = e.account_id and i.id = e.invitation_id
				 order by e.account_id, e.seq
				""")) {
			histories.computeIfAbsent(event.get("id"), History::new).apply(event);
		}
		histories.values().forEach(History::check);
	}

	private static final class History {

		private final Object id;

		private String status = "";

		private String permissions = "";

		private int sendCount;

		private Map<String, Object> lastEvent = Map.of();

		History(Object id) {
			this.id = id;
		}

		void apply(Map<String, Object> event) {
			this.lastEvent = event;
			String type = String.valueOf(event.get("type"));
			String before = this.status;
			this.status = switch (before + " " + type) {
				case " invitation.created", "PENDING invitation.resent", "EXPIRED invitation.resent" -> "PENDING";
				case "PENDING invitation.permissions-changed" -> "PENDING";
				case "PENDING invitation.accepted" -> "ACCEPTED";
				case "PENDING invitation.declined" -> "DECLINED";
				case "PENDING invitation.expired" -> "EXPIRED";
				case "PENDING invitation.revoked", "EXPIRED invitation.revoked" -> "REVOKED";
				default -> requireUnchangedStatus(before, type);
			};
			applyContent(type, event);
		}

		private String requireUnchangedStatus(String before, String type) {
			assertThat(type).as("event of %s in status '%s'", this.id, before)
				.isIn("invitation.sent", "invitation.delivery-failed", "invitation.reminded");
			assertThat(before).as("status before %s", type).isNotEmpty();
			return before;
		}

		private void applyContent(String type, Map<String, Object> event) {
			switch (type) {
				case "invitation.created" -> {
					this.permissions = String.valueOf(event.get("permissions"));
					this.sendCount = 1;
				}
				case "invitation.resent" ->
					assertThat(event.get("send_count")).as("send count of %s", this.id).isEqualTo(++this.sendCount);
				case "invitation.permissions-changed" -> {
					assertThat(event.get("previous")).as("permissions of %s", this.id).isEqualTo(this.permissions);
					this.permissions = String.valueOf(event.get("permissions"));
				}
				case "invitation.accepted" ->
					assertThat(event.get("permissions")).as("granted by %s", this.id).isEqualTo(this.permissions);
				default -> {
				}
			}
		}

		void check() {
			assertThat(this.lastEvent).as("the row of %s", this.id)
				.containsEntry("row_status", this.status)
				.containsEntry("row_permissions", this.permissions)
				.containsEntry("row_send_count", this.sendCount)
				.containsEntry("row_token_version", this.sendCount);
		}

	}

}
