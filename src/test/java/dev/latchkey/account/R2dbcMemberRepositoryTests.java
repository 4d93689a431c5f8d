package dev.latchkey.account;

import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StoreFixture;
import dev.latchkey.testing.TestDatabase;
import io.r2dbc.spi.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.data.r2dbc.convert.R2dbcCustomConversions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The repository of the service keeps the contract.
 */
@DatabaseTest
class R2dbcMemberRepositoryTests implements MemberRepositoryContract {

	static TestDatabase database;

	static Service service;

	@BeforeAll
	static void start() {
		database = StoreFixture.shared().database();
		service = StoreFixture.shared().service();
	}

	@Override
	public MemberRepository repository() {
		return service.bean(MemberRepository.class);
	}

	@Override
	public void save(Member member) {
		StoredPeople people = new StoredPeople(database);
		people.insertAccount(member.account().value(), member.user().value());
		people.insertMember(member);
	}

	@Test
	void rowsAreReadByTheConvertersOfTheApplication() {
		R2dbcCustomConversions conversions = service.bean(R2dbcCustomConversions.class);
		assertThat(conversions.hasCustomReadTarget(Row.class, Member.class)).isTrue();
		assertThat(conversions.hasCustomReadTarget(Row.class, Account.class)).isTrue();
	}

}
