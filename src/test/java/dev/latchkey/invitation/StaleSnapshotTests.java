package dev.latchkey.invitation;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import dev.latchkey.account.Members;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.testing.HeldAccount;
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

	Scene scene;

	UUID user;

	String address;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.invitations.resend-cooldown", "0s")
			.set("latchkey.invitations.sweep-period", "1h")
			.start();
		OutboxRecord.of(database, false);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void newScene() {
		this.scene = Scene.of(database, service);
		this.user = this.scene.invitee().user().value();
		this.address = this.scene.invitee().email().canonical();
	}

	/**
	 * Gives the account to somebody who was a member already.
	 */
	Consumer<HeldAccount> handOver() {
		UUID heir = UUID.randomUUID();
		return (held) -> held.addMember(heir, heir + "@example.test").handOver(heir);
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
			Scene scene = StaleSnapshotTests.this.scene;
			assertThat(behind(scene.open(UUID.randomUUID(), scene.invitee().email()))).isEqualTo("invitation-pending");
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
			Scene scene = StaleSnapshotTests.this.scene;
			database.update("update account set max_pending = 1 where id = ?", scene.account().value());
			assertThat(behind(scene.open(UUID.randomUUID(), RandomCommands.somebody().email())))
				.isEqualTo("too-many-pending");
			assertThat(invitations()).isOne();
		}

		@Test
		void behindTheLastCreationOfTheDayIsRefused() {
			Scene scene = StaleSnapshotTests.this.scene;
			assertThat(behind(
					(held) -> held.run("update account set creation_count = 500, creation_window = now() where id = ?",
							scene.account().value())))
				.isEqualTo("limit-reached");
			assertThat(invitations()).isZero();
		}

		@Test
		void overOneThatRanOutBehindItsResendIsRefused() {
			Scene scene = StaleSnapshotTests.this.scene;
			Invitation overdue = scene.invite();
			scene.age(overdue);
			assertThat(behind(scene.set(overdue,
					"token_version = 2, send_count = 2, issued_at = now(), expires_at = now() + interval '7 days'")))
				.isEqualTo("invitation-pending");
			assertThat(invitations()).isOne();
			assertThat(scene.now(overdue).status()).isEqualTo(InvitationStatus.PENDING);
		}

		private String behind(Consumer<HeldAccount> change) {
			Scene scene = StaleSnapshotTests.this.scene;
			return scene.behind(change, scene.create(scene.invitee().email()));
		}

		private long invitations() {
			return database.number("select count(*) from invitation where account_id = ?",
					StaleSnapshotTests.this.scene.account().value());
		}

		private long events() {
			return database.number("select feed_seq from account where id = ?",
					StaleSnapshotTests.this.scene.account().value());
		}

	}

	@Nested
	class ChangingAMember {

		@Test
		void editingBehindTheRemovalIsRefused() {
			StaleSnapshotTests.this.scene.join();
			assertThat(edit((held) -> held.removeMember(StaleSnapshotTests.this.user), 1)).isEqualTo("not-found");
		}

		@Test
		void editingBehindAnotherEditIsRefused() {
			Scene scene = StaleSnapshotTests.this.scene;
			scene.join();
			assertThat(edit((held) -> held.run("update membership set version = 2 where account_id = ? and user_id = ?",
					scene.account().value(), StaleSnapshotTests.this.user), 1))
				.isEqualTo("stale");
			assertThat(scene.held()).isEqualTo("invoices");
		}

		@Test
		void editingBehindTheLossOfTheAccountIsRefused() {
			StaleSnapshotTests.this.scene.join();
			assertThat(edit(handOver(), 1)).isEqualTo("owner-only");
			assertThat(StaleSnapshotTests.this.scene.held()).isEqualTo("invoices");
		}

		@Test
		void editingBehindTheHandoverToThatMemberIsRefused() {
			Scene scene = StaleSnapshotTests.this.scene;
			scene.join();
			assertThat(edit((held) -> held.handOver(StaleSnapshotTests.this.user), 1)).isEqualTo("owner-only");
			assertThat(scene.held()).isEqualTo("invoices");
		}

		@Test
		void leavingBehindTheHandoverToOneselfIsRefused() {
			Scene scene = StaleSnapshotTests.this.scene;
			scene.join();
			assertThat(scene.behind((held) -> held.handOver(StaleSnapshotTests.this.user),
					members().leave(scene.account(), scene.invitee().user())))
				.isEqualTo("owner-immutable");
			assertThat(scene.members()).isEqualTo(2);
		}

		@Test
		void removingBehindTheHandoverToThatMemberIsRefused() {
			Scene scene = StaleSnapshotTests.this.scene;
			scene.join();
			assertThat(scene.behind((held) -> held.handOver(StaleSnapshotTests.this.user),
					members().remove(scene.account(), scene.owner().user(), scene.invitee().user())))
				.isEqualTo("owner-only");
			assertThat(scene.members()).isEqualTo(2);
		}

		private String edit(Consumer<HeldAccount> change, int version) {
			Scene scene = StaleSnapshotTests.this.scene;
			return scene.behind(change, members().editPermissions(scene.account(), scene.owner().user(),
					scene.invitee().user(), PermissionSet.ofKeys(List.of("quotes")), version));
		}

		private Members members() {
			return service.bean(Members.class);
		}

	}

}
