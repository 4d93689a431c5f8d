package dev.latchkey.invitation;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import dev.latchkey.account.Members;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.LockedAccount;
import dev.latchkey.testing.OutboxRecord;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command reads its snapshot before it waits for the account's lock, so the snapshot
 * can be out of date when the command gets the lock. Each test holds the lock, starts a
 * command, changes what the command has read, and releases the lock; the result must be
 * that of the new state.
 */
@DatabaseTest
class StaleSnapshotTests {

	static TestDatabase database;

	static Service service;

	InvitationFixture fixture;

	UUID user;

	String address;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.invitations.resend-cooldown", "0s")
			.set("latchkey.invitations.sweep-interval", "1h")
			.start();
		OutboxRecord.of(database, false);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void createAccount() {
		this.fixture = InvitationFixture.of(database, service);
		this.user = this.fixture.invitee().user().value();
		this.address = this.fixture.invitee().email().canonical();
	}

	/**
	 * Transfers the ownership of the account to a member.
	 */
	Consumer<LockedAccount> transferOwnership() {
		UUID newOwner = UUID.randomUUID();
		return (locked) -> locked.addMember(newOwner, newOwner + "@example.test").transferOwnership(newOwner);
	}

	@Nested
	class Create {

		@Test
		void isRefusedAfterTheAddressBecameAMember() {
			assertThat(runAfter(
					(locked) -> locked.addMember(StaleSnapshotTests.this.user, StaleSnapshotTests.this.address)))
				.isEqualTo("already-member");
			assertThat(invitationCount()).isZero();
		}

		@Test
		void isRefusedAfterAnotherCreationForTheAddress() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			assertThat(runAfter(fixture.insertPending(UUID.randomUUID(), fixture.invitee().email())))
				.isEqualTo("invitation-pending");
			assertThat(invitationCount()).isOne();
		}

		@Test
		void isRefusedAfterTheCallerLostTheAccount() {
			long eventsBefore = eventCount();
			assertThat(runAfter(transferOwnership())).isEqualTo("owner-only");
			assertThat(invitationCount()).isZero();
			assertThat(eventCount()).isEqualTo(eventsBefore);
		}

		@Test
		void isRefusedAfterTheLimitOfPendingInvitationsWasReached() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			database.update("update account set max_pending = 1 where id = ?", fixture.account().value());
			assertThat(runAfter(fixture.insertPending(UUID.randomUUID(), RandomCommands.aCaller().email())))
				.isEqualTo("too-many-pending");
			assertThat(invitationCount()).isOne();
		}

		@Test
		void isRefusedAfterTheLimitOfCreationsWasReached() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			assertThat(runAfter((locked) -> locked.run(
					"update account set creation_count = 500, creation_window = now() where id = ?",
					fixture.account().value())))
				.isEqualTo("limit-reached");
			assertThat(invitationCount()).isZero();
		}

		@Test
		void isRefusedAfterAnOverdueInvitationForTheAddressWasResent() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			Invitation overdue = fixture.invite();
			fixture.age(overdue);
			assertThat(runAfter(fixture.update(overdue,
					"token_version = 2, send_count = 2, issued_at = now(), expires_at = now() + interval '7 days'")))
				.isEqualTo("invitation-pending");
			assertThat(invitationCount()).isOne();
			assertThat(fixture.current(overdue).status()).isEqualTo(InvitationStatus.PENDING);
		}

		private String runAfter(Consumer<LockedAccount> change) {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			return fixture.runAfter(change, fixture.create(fixture.invitee().email()));
		}

		private long invitationCount() {
			return database.number("select count(*) from invitation where account_id = ?",
					StaleSnapshotTests.this.fixture.account().value());
		}

		private long eventCount() {
			return database.number("select feed_seq from account where id = ?",
					StaleSnapshotTests.this.fixture.account().value());
		}

	}

	@Nested
	class MemberCommands {

		@Test
		void editIsRefusedAfterTheRemoval() {
			StaleSnapshotTests.this.fixture.addInviteeAsMember();
			assertThat(edit((locked) -> locked.removeMember(StaleSnapshotTests.this.user), 1)).isEqualTo("not-found");
		}

		@Test
		void editIsRefusedAfterAnotherEdit() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			fixture.addInviteeAsMember();
			assertThat(edit(
					(locked) -> locked.run("update membership set version = 2 where account_id = ? and user_id = ?",
							fixture.account().value(), StaleSnapshotTests.this.user),
					1))
				.isEqualTo("stale");
			assertThat(fixture.heldPermissions()).isEqualTo("invoices");
		}

		@Test
		void editIsRefusedAfterTheCallerLostTheAccount() {
			StaleSnapshotTests.this.fixture.addInviteeAsMember();
			assertThat(edit(transferOwnership(), 1)).isEqualTo("owner-only");
			assertThat(StaleSnapshotTests.this.fixture.heldPermissions()).isEqualTo("invoices");
		}

		@Test
		void editIsRefusedAfterTheTransferToThatMember() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			fixture.addInviteeAsMember();
			assertThat(edit((locked) -> locked.transferOwnership(StaleSnapshotTests.this.user), 1))
				.isEqualTo("owner-only");
			assertThat(fixture.heldPermissions()).isEqualTo("invoices");
		}

		@Test
		void leaveIsRefusedAfterTheTransferToTheCaller() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			fixture.addInviteeAsMember();
			assertThat(fixture.runAfter((locked) -> locked.transferOwnership(StaleSnapshotTests.this.user),
					members().leave(fixture.account(), fixture.invitee().user())))
				.isEqualTo("owner-immutable");
			assertThat(fixture.memberCount()).isEqualTo(2);
		}

		@Test
		void removeIsRefusedAfterTheTransferToThatMember() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			fixture.addInviteeAsMember();
			assertThat(fixture.runAfter((locked) -> locked.transferOwnership(StaleSnapshotTests.this.user),
					members().remove(fixture.account(), fixture.owner().user(), fixture.invitee().user())))
				.isEqualTo("owner-only");
			assertThat(fixture.memberCount()).isEqualTo(2);
		}

		private String edit(Consumer<LockedAccount> change, int version) {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			return fixture.runAfter(change, members().editPermissions(fixture.account(), fixture.owner().user(),
					fixture.invitee().user(), PermissionSet.ofKeys(List.of("quotes")), version));
		}

		private Members members() {
			return service.bean(Members.class);
		}

	}

}
