package dev.latchkey.feed;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StoreFixture;
import dev.latchkey.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The event log in PostgreSQL.
 */
@DatabaseTest
class R2dbcEventLogTests implements EventLogContract {

	static TestDatabase database;

	static Service service;

	@BeforeAll
	static void start() {
		database = StoreFixture.shared().database();
		service = StoreFixture.shared().service();
	}

	@Override
	public EventLog log() {
		return service.bean(EventLog.class);
	}

	@Override
	public AccountId createAccount(UserId owner) {
		UUID account = UUID.randomUUID();
		database.update("insert into account (id, owner_id, name, locale) values (?, ?, 'Test', 'en')", account,
				owner.value());
		return new AccountId(account);
	}

	@Override
	public void append(AccountId account, EventType type, @Nullable InvitationId invitation) {
		String reference = (invitation != null) ? "'" + invitation.value() + "'::uuid" : "null::uuid";
		database.update("""
				with bump as (
				    update account set feed_seq = feed_seq + 1 where id = ? returning id, feed_seq)
				insert into account_event (account_id, seq, type, actor_kind, invitation_id)
				select id, feed_seq, ?, 'SYSTEM', %s from bump
				""".formatted(reference), account.value(), type.wireName());
	}

	@Override
	public void purgeBefore(AccountId account, long seq) {
		database.update("delete from account_event where account_id = ? and seq < ?", account.value(), seq);
	}

	@Test
	void everyColumnOfAnEventIsReadWithTheCurrentNames() {
		UserId ann = new UserId(UUID.randomUUID());
		UserId bob = new UserId(UUID.randomUUID());
		AccountId account = createAccount(ann);
		database.update("""
				insert into account_person (account_id, user_id, email, name)
				values (?, ?, 'ann@example.org', 'Ann'), (?, ?, 'bob@example.org', 'Bob')
				""", account.value(), ann.value(), account.value(), bob.value());
		database.update("update account set feed_seq = 1 where id = ?", account.value());
		database.update(
				"""
						insert into account_event (account_id, seq, type, at, actor_kind, actor_id, user_id, permissions, previous,
						                           send_count)
						values (?, 1, 'member.permissions-changed', '2026-05-04T12:00:00Z', 'USER', ?, ?,
						        '{invoices,reports}', '{}', 2)
						""",
				account.value(), ann.value(), bob.value());
		StepVerifier.create(log().after(account, 0, 10))
			.assertNext((event) -> assertThat(event).isEqualTo(new AccountEvent(1, "member.permissions-changed",
					Instant.parse("2026-05-04T12:00:00Z"), new AccountEvent.Actor(ActorKind.USER, ann.value(), "Ann"),
					null, new AccountEvent.UserRef(bob.value(), "Bob", "bob@example.org"),
					List.of("invoices", "reports"), List.of(), 2)))
			.expectComplete()
			.verify(TIMEOUT);
	}

}
