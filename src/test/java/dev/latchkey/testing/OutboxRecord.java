package dev.latchkey.testing;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records every enqueued invitation mail with a database trigger, because the relay
 * deletes mails that were sent.
 */
public final class OutboxRecord {

	private final TestDatabase database;

	private OutboxRecord(TestDatabase database) {
		this.database = database;
	}

	/**
	 * Starts recording.
	 * @param deliver whether the mails are also sent; otherwise they are discarded
	 */
	public static OutboxRecord of(TestDatabase database, boolean deliver) {
		database.update("create table outbox_record (shard_id uuid, subject_id uuid, version integer)");
		database.update("""
				create function record_outbox() returns trigger language plpgsql as $$
				begin
				    insert into outbox_record values (new.shard_id, new.subject_id, new.version);
				    return case when %s then new else null end;
				end $$
				""".formatted(deliver));
		database
			.update("create trigger record_outbox before insert on outbox for each row when (new.topic = 'invitation')"
					+ " execute function record_outbox()");
		return new OutboxRecord(database);
	}

	/**
	 * Asserts that exactly one mail was enqueued for each version of each invitation's
	 * link.
	 */
	public void checkOneMailForEachLink() {
		List<Map<String, Object>> wrong = this.database.rows("""
				select *
				  from (select account_id, id, generate_series(1, token_version) as version from invitation) i
				  full join (select shard_id, subject_id, version, count(*) as mails from outbox_record
				              group by shard_id, subject_id, version) o
				    on o.shard_id = i.account_id and o.subject_id = i.id and o.version = i.version
				 where o.mails is distinct from 1 or i.id is null
				""");
		assertThat(wrong).as("links without exactly one mail").isEmpty();
	}

}
