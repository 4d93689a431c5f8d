package dev.latchkey.account;

import java.util.List;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.testing.TestDatabase;

/**
 * An account in the tables, for tests of commands.
 */
public final class StoredAccount {

	private final AccountId id = new AccountId(UUID.randomUUID());

	private final TestDatabase database;

	public StoredAccount(TestDatabase database) {
		this.database = database;
	}

	public AccountId id() {
		return this.id;
	}

	public Member owner() {
		return MemberBuilder.of(this.id).owner().number(1).build();
	}

	public Member member() {
		return MemberBuilder.of(this.id).with("orders").version(4).number(2).build();
	}

	/**
	 * Inserts the account with its members.
	 */
	public void insert(Member owner, Member... members) {
		StoredPeople people = new StoredPeople(this.database);
		people.insertAccount(this.id.value(), owner.user().value());
		people.insertMember(owner);
		for (Member member : members) {
			people.insertMember(member);
		}
		this.database.update("update account set member_count = ? where id = ?", members.length + 1, this.id.value());
	}

	/**
	 * The events of the account in their order: number, type, actor, and what else they
	 * contain.
	 */
	public List<String> events() {
		return texts("""
				select concat(seq, ' ', type, ' by ' || actor_id, ' about ' || user_id,
				              ' from ' || array_to_string(previous, ' '),
				              ' to ' || array_to_string(permissions, ' ')) as text
				  from account_event where account_id = ? order by seq""");
	}

	/**
	 * The queued mails: topic, subject and version.
	 */
	public List<String> mails() {
		return texts("""
				select concat(topic, ' ', subject_id, ' ', version) as text
				  from outbox where shard_id = ? order by version, topic""");
	}

	/**
	 * The users and versions of the memberships, in their order.
	 */
	public List<String> memberships() {
		return texts("""
				select concat(user_id, ' ', version, case when owner then ' owner' end) as text
				  from membership where account_id = ? order by number""");
	}

	/**
	 * How many members the account counts, and how often memberships have changed.
	 */
	public List<String> counters() {
		return texts("select concat(member_count, ' ', members_version) as text from account where id = ?");
	}

	private List<String> texts(String query) {
		return this.database.rows(query, this.id.value())
			.stream()
			.map((row) -> String.valueOf(row.get("text")))
			.toList();
	}

}
