package dev.latchkey.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

import dev.latchkey.model.Rows.EventRow;
import dev.latchkey.model.Rows.HistoryRow;
import dev.latchkey.model.Rows.MailRow;
import dev.latchkey.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log and the mails of an account. A trigger records every mail, because the
 * relay deletes mails that were sent.
 */
final class StoredLog {

	private static final String EVENTS = """
			select e.seq, e.type, e.actor_kind, e.actor_id, i.number as invitation, e.user_id,
			       array_to_string(e.permissions, ',') as permissions, array_to_string(e.previous, ',') as previous,
			       e.send_count, %s
			  from account_event e left join invitation i on i.account_id = e.account_id and i.id = e.invitation_id
			 where e.account_id = ? order by e.seq
			""".formatted(StoredState.MINUTES.formatted("e.at", "minutes"));

	private static final String MAILS = """
			select m.topic, m.version, m.subject_id, i.number as invitation
			  from model_mail m left join invitation i on i.account_id = m.shard_id and i.id = m.subject_id
			 where m.shard_id = ? order by m.place
			""";

	private final TestDatabase database;

	private final StoredIds ids;

	StoredLog(TestDatabase database, StoredIds ids) {
		this.database = database;
		this.ids = ids;
	}

	/**
	 * Discards all mails from now on and records them instead.
	 */
	static void recordMails(TestDatabase database) {
		database.update("create table model_mail (place bigserial, shard_id uuid, topic text, subject_id uuid,"
				+ " version integer)");
		database.update("create index on model_mail (shard_id, place)");
		database.update("""
				create function record_mail() returns trigger language plpgsql as $$
				begin
				    insert into model_mail (shard_id, topic, subject_id, version)
				    values (new.shard_id, new.topic, new.subject_id, new.version);
				    return null;
				end $$
				""");
		database
			.update("create trigger record_mail before insert on outbox for each row execute function record_mail()");
	}

	/**
	 * Reads the log.
	 * @throws IllegalStateException if the numbers of the events have a gap
	 */
	List<Record> read(int account, UUID id) {
		List<Record> rows = new ArrayList<>();
		Map<Integer, List<String>> histories = new TreeMap<>();
		List<Map<String, Object>> events = this.database.rows(EVENTS, id);
		requireNoGap(events, this.database.number("select feed_seq from account where id = ?", id));
		for (Map<String, Object> row : events) {
			Event event = event(row);
			if (event.invitation() != null) {
				histories.computeIfAbsent(event.invitation(), (first) -> new ArrayList<>()).add(event.type());
			}
			if (!event.isExpiry()) {
				rows.add(new EventRow(account, rows.size() + 1, event, StoredState.longNumber(row, "minutes")));
			}
		}
		histories.forEach((invitation, types) -> rows.add(new HistoryRow(account, invitation, types)));
		rows.addAll(mails(account, id));
		return rows;
	}

	private List<MailRow> mails(int account, UUID id) {
		List<MailRow> mails = new ArrayList<>();
		for (Map<String, Object> row : this.database.rows(MAILS, id)) {
			mails.add(new MailRow(account, mails.size() + 1, String.valueOf(row.get("topic")), subject(row, id),
					StoredState.number(row, "version")));
		}
		return mails;
	}

	/**
	 * What a mail is about: an invitation, the account, or the previous owner. A reminder
	 * has an id of its own.
	 */
	private String subject(Map<String, Object> mail, UUID account) {
		Object subject = Objects.requireNonNull(mail.get("subject_id"));
		if (mail.get("invitation") != null) {
			return "invitation " + mail.get("invitation");
		}
		if (subject.equals(account)) {
			return "account";
		}
		return String.valueOf(Objects.requireNonNullElse(this.ids.person(subject), mail.get("topic")));
	}

	private Event event(Map<String, Object> row) {
		@Nullable Person actor = this.ids.person(row.get("actor_id"));
		@Nullable Number invitation = (Number) row.get("invitation");
		return new Event(String.valueOf(row.get("type")), row.get("actor_kind") + ((actor != null) ? " " + actor : ""),
				(invitation != null) ? invitation.intValue() : null, this.ids.person(row.get("user_id")),
				StoredState.list(row.get("permissions")), StoredState.list(row.get("previous")),
				(Integer) row.get("send_count"));
	}

	private static void requireNoGap(List<Map<String, Object>> events, long last) {
		List<Long> numbers = events.stream().map((row) -> StoredState.longNumber(row, "seq")).toList();
		for (int index = 0; index < numbers.size(); index++) {
			if (numbers.get(index) != index + 1) {
				throw new IllegalStateException("a gap in the numbers of the events: " + numbers);
			}
		}
		if (numbers.size() != last) {
			throw new IllegalStateException("the last event has the number " + numbers.size() + " instead of " + last);
		}
	}

}
