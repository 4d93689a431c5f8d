package dev.latchkey.invitation;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import dev.latchkey.account.Members;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.testing.LockedAccount;
import dev.latchkey.testing.OutboxRecord;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command's snapshot is older than the lock it waited for. Each test holds the account,
 * lets a command wait, changes what the command has already read, and lets go: the answer
 * must be that of the state at the lock, not of the snapshot.
 */
@Tag("database")
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
	void newScene() {
		this.fixture = InvitationFixture.of(database, service);
		this.user = this.fixture.invitee().user().value();
		this.address = this.fixture.invitee().email().canonical();
	}

	/**
	 * Gives the account to somebody who was a member already.
	 */
	Consumer<LockedAccount> handOver() {
		UUID heir = UUID.randomUUID();
		return (held) -> held.addMember(heir, heir + "@example.test").transferOwnership(heir);
	}

	@Nested
	class Creating {

		@Test
		void behindTheAcceptanceThatMadeAMemberOfTheAddressIsRefused() {
			assertThat(behind((held) -> held.addMember(StaleSnapshotTests.this.user, StaleSnapshotTests.this.address)))
				.isEqualTo("already-member");
			assertThat(invitations()).isZero();
		}

		@Test
		void behindAnotherCreationForTheAddressIsRefused() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			assertThat(behind(fixture.open(UUID.randomUUID(), fixture.invitee().email())))
				.isEqualTo("invitation-pending");
			assertThat(invitations()).isOne();
		}

		@Test
		void behindTheLossOfTheAccountIsRefused() {
			long events = events();
			assertThat(behind(handOver())).isEqualTo("owner-only");
			assertThat(invitations()).isZero();
			assertThat(events()).isEqualTo(events);
		}

		@Test
		void behindTheCreationThatFilledTheAccountIsRefused() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			database.update("update account set max_pending = 1 where id = ?", fixture.account().value());
			assertThat(behind(fixture.open(UUID.randomUUID(), RandomCommands.somebody().email())))
				.isEqualTo("too-many-pending");
			assertThat(invitations()).isOne();
		}

		@Test
		void behindTheLastCreationOfTheDayIsRefused() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			assertThat(behind(
					(held) -> held.run("update account set creation_count = 500, creation_window = now() where id = ?",
							fixture.account().value())))
				.isEqualTo("limit-reached");
			assertThat(invitations()).isZero();
		}

		@Test
		void overOneThatRanOutBehindItsResendIsRefused() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			Invitation overdue = fixture.invite();
			fixture.age(overdue);
			assertThat(behind(fixture.set(overdue,
					"token_version = 2, send_count = 2, issued_at = now(), expires_at = now() + interval '7 days'")))
				.isEqualTo("invitation-pending");
			assertThat(invitations()).isOne();
			assertThat(fixture.now(overdue).status()).isEqualTo(InvitationStatus.PENDING);
		}

		private String behind(Consumer<LockedAccount> change) {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			return fixture.behind(change, fixture.create(fixture.invitee().email()));
		}

		private long invitations() {
			return database.number("select count(*) from invitation where account_id = ?",
					StaleSnapshotTests.this.fixture.account().value());
		}

		private long events() {
			return database.number("select feed_seq from account where id = ?",
					StaleSnapshotTests.this.fixture.account().value());
		}

	}

	@Nested
	class ChangingAMember {

		@Test
		void editingBehindTheRemovalIsRefused() {
			StaleSnapshotTests.this.fixture.join();
			assertThat(edit((held) -> held.removeMember(StaleSnapshotTests.this.user), 1)).isEqualTo("not-found");
		}

		@Test
		void editingBehindAnotherEditIsRefused() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			fixture.join();
			assertThat(edit((held) -> held.run("update membership set version = 2 where account_id = ? and user_id = ?",
					fixture.account().value(), StaleSnapshotTests.this.user), 1))
				.isEqualTo("stale");
			assertThat(fixture.held()).isEqualTo("invoices");
		}

		@Test
		void editingBehindTheLossOfTheAccountIsRefused() {
			StaleSnapshotTests.this.fixture.join();
			assertThat(edit(handOver(), 1)).isEqualTo("owner-only");
			assertThat(StaleSnapshotTests.this.fixture.held()).isEqualTo("invoices");
		}

		@Test
		void editingBehindTheHandoverToThatMemberIsRefused() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			fixture.join();
			assertThat(edit((held) -> held.transferOwnership(StaleSnapshotTests.this.user), 1)).isEqualTo("owner-only");
			assertThat(fixture.held()).isEqualTo("invoices");
		}

		@Test
		void leavingBehindTheHandoverToOneselfIsRefused() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			fixture.join();
			assertThat(fixture.behind((held) -> held.transferOwnership(StaleSnapshotTests.this.user),
					members().leave(fixture.account(), fixture.invitee().user())))
				.isEqualTo("owner-immutable");
			assertThat(fixture.members()).isEqualTo(2);
		}

		@Test
		void removingBehindTheHandoverToThatMemberIsRefused() {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			fixture.join();
			assertThat(fixture.behind((held) -> held.transferOwnership(StaleSnapshotTests.this.user),
					members().remove(fixture.account(), fixture.owner().user(), fixture.invitee().user())))
				.isEqualTo("owner-only");
			assertThat(fixture.members()).isEqualTo(2);
		}

		private String edit(Consumer<LockedAccount> change, int version) {
			InvitationFixture fixture = StaleSnapshotTests.this.fixture;
			return fixture.behind(change, members().editPermissions(fixture.account(), fixture.owner().user(),
					fixture.invitee().user(), PermissionSet.ofKeys(List.of("quotes")), version));
		}

		private Members members() {
			return service.bean(Members.class);
		}

	}

}
