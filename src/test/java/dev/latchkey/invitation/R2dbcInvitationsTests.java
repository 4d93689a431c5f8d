package dev.latchkey.invitation;

import java.time.Duration;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StoreFixture;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The invitations in PostgreSQL keep the contracts.
 */
@DatabaseTest
class R2dbcInvitationsTests implements InvitationStoreContract, InvitationListContract, StoredInvitations {

	static TestDatabase database;

	static Service service;

	static DatabaseClient client;

	private final AccountId account = new AccountId(UUID.randomUUID());

	private final UserId owner = new UserId(UUID.randomUUID());

	/**
	 * The sweep must not mark the overdue invitations of a test.
	 */
	@BeforeAll
	static void start() {
		database = StoreFixture.shared().database();
		service = StoreFixture.shared().service();
		client = service.bean(DatabaseClient.class);
	}

	@BeforeEach
	void insertAccount() {
		database.update("insert into account (id, owner_id, name, locale) values (?, ?, 'Acme', 'en')",
				this.account.value(), this.owner.value());
		database.update("insert into account_person (account_id, user_id, email, name) values (?, ?, ?, 'Ann')",
				this.account.value(), this.owner.value(), "ann@example.com");
	}

	@Override
	public InvitationStore store() {
		return new R2dbcInvitationStore(client);
	}

	@Override
	public InvitationListStore listStore() {
		return new R2dbcInvitationListStore(client);
	}

	@Override
	public ReceivedInvitations received() {
		return new R2dbcReceivedInvitations(client);
	}

	@Override
	public StoredInvitations stored() {
		return this;
	}

	@Override
	public AccountId account() {
		return this.account;
	}

	@Override
	public UserId owner() {
		return this.owner;
	}

	@Override
	public InvitationId add(long number, String email, InvitationStatus status, Duration remaining) {
		UUID id = UUID.randomUUID();
		EmailAddress address = EmailAddress.of(email);
		boolean pending = status == InvitationStatus.PENDING;
		database.update("""
				insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox,
				                        permissions, locale, status, delivery_status, created_at, issued_at,
				                        expires_at, ended_at, accepted_by)
				values (?, ?, ?, ?, ?, ?, ?, '{products,invoices}', 'en', ?, 'SENT', now() - interval '3 hours',
				        now() - interval '3 hours', now() + make_interval(secs => ?),
				        case when ? then null else now() - interval '2 hours' end,
				        case when ? then gen_random_uuid() end)""", this.account.value(), id, number,
				this.owner.value(), address.value(), address.canonical(), address.mailbox(), status.name(),
				(double) remaining.toSeconds(), pending, status == InvitationStatus.ACCEPTED);
		database.update(
				"update account set " + status.wireName() + "_count = " + status.wireName() + "_count + 1 where id = ?",
				this.account.value());
		return new InvitationId(id);
	}

	@Override
	public UserId addMember(String email) {
		UUID user = UUID.randomUUID();
		database.update("insert into account_person (account_id, user_id, email, name) values (?, ?, ?, 'Kim')",
				this.account.value(), user, email);
		database.update("""
				insert into membership (account_id, user_id, canonical_email, owner, permissions, number)
				values (?, ?, ?, false, '{invoices}', 1)""", this.account.value(), user, email);
		return new UserId(user);
	}

	@Override
	public void transferToAnotherOwner() {
		database.update("update account set owner_id = ? where id = ?", UUID.randomUUID(), this.account.value());
	}

}
