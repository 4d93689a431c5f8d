package dev.latchkey.account;

import java.sql.Timestamp;
import java.util.List;

import dev.latchkey.account.Account.OwnershipOffer;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StoreFixture;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;

/**
 * The repository of the service keeps the contract.
 */
@DatabaseTest
class R2dbcAccountRepositoryTests implements AccountRepositoryContract {

	static TestDatabase database;

	static Service service;

	@BeforeAll
	static void start() {
		database = StoreFixture.shared().database();
		service = StoreFixture.shared().service();
	}

	@Override
	public AccountRepository repository() {
		return service.bean(AccountRepository.class);
	}

	@Override
	public void save(Account account, List<Member> members) {
		StoredPeople people = new StoredPeople(database);
		people.insertAccount(account.id().value(), members.get(0).user().value());
		members.forEach(people::insertMember);
		database.update(
				"""
						update account set name = ?, locale = ?, valid_days = nullif(?, '')::integer, member_count = ?, created_at = ?
						 where id = ?""",
				account.name(), account.locale(),
				(account.validityDays() != null) ? account.validityDays().toString() : "", account.memberCount(),
				Timestamp.from(account.createdAt()), account.id().value());
		OwnershipOffer offer = account.offer();
		if (offer != null) {
			database.update("update account set transfer_to = ?, transfer_expires_at = ? where id = ?",
					offer.newOwner().value(), Timestamp.from(offer.expiresAt()), account.id().value());
		}
	}

}
