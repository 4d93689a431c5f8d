package dev.latchkey.account;

import java.sql.Timestamp;
import java.util.UUID;

import dev.latchkey.testing.TestDatabase;

/**
 * Inserts accounts and members into the tables, without the commands of the service.
 */
record StoredPeople(TestDatabase database) {

	/**
	 * Inserts an account that has no members yet.
	 */
	void insertAccount(UUID account, UUID owner) {
		this.database.update("""
				insert into account (id, owner_id, name, locale) values (?, ?, 'Acme', 'en')
				on conflict (id) do nothing""", account, owner);
	}

	/**
	 * Inserts a member of an account that exists.
	 */
	void insertMember(Member member) {
		UUID account = member.account().value();
		UUID user = member.user().value();
		this.database.update("insert into account_person (account_id, user_id, email, name) values (?, ?, ?, ?)",
				account, user, member.email(), member.name());
		this.database.update("""
				insert into membership (account_id, user_id, canonical_email, owner, permissions, version, number,
				                        joined_at)
				values (?, ?, ?, ?, string_to_array(?, ' '), ?, ?, ?)""", account, user, user.toString(),
				member.isOwner(), String.join(" ", member.permissions().keys()), member.version(), member.number(),
				Timestamp.from(member.joinedAt()));
	}

}
