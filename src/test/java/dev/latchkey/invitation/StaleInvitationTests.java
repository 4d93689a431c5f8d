package dev.latchkey.invitation;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.latchkey.testing.LockedAccount;
import dev.latchkey.testing.OutboxRecord;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command on an invitation waits for the account's lock while another transaction
 * changes that invitation, as in {@link StaleSnapshotTests}. The result must be that of
 * the new state.
 */
@ServiceTest
class StaleInvitationTests {

	private static final String RESENT = "status = 'PENDING', ended_at = null, token_version = 2, send_count = 2,"
			+ " issued_at = now(), expires_at = now() + interval '7 days'";

	private static final String REVOKED = "status = 'REVOKED', ended_at = now()";

	private static final String EDITED = "permissions = array['quotes'], version = 2";

	private static final String EXPIRED = "status = 'EXPIRED', ended_at = expires_at";

	static TestDatabase database;

	static Service service;

	InvitationFixture fixture;

	Invitation invitation;

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
	void invite() {
		this.fixture = InvitationFixture.of(database, service);
		this.invitation = this.fixture.invite();
	}

	@Test
	void acceptIsRefusedAfterTheInviterLostTheAccount() {
		UUID newOwner = UUID.randomUUID();
		assertThat(this.fixture.runAfter(
				(locked) -> locked.addMember(newOwner, newOwner + "@example.test").transferOwnership(newOwner),
				this.fixture.accept(this.invitation)))
			.isEqualTo("revoked");
		assertThat(this.fixture.memberCount()).isEqualTo(2);
		assertThat(database.number("select count(*) from invitation where id = ? and status = 'PENDING'",
				this.invitation.id().value()))
			.isOne();
	}

	@Test
	void acceptIsRefusedAfterARevoke() {
		assertThat(this.fixture.runAfter(update(REVOKED).andThen(this.fixture.moveCount("pending", "revoked")),
				this.fixture.accept(this.invitation)))
			.isEqualTo("revoked");
		assertThat(this.fixture.memberCount()).isOne();
	}

	@Test
	void acceptIsRefusedAfterAResend() {
		assertThat(this.fixture.runAfter(update(RESENT), this.fixture.accept(this.invitation))).isEqualTo("superseded");
		assertThat(this.fixture.memberCount()).isOne();
	}

	@Test
	void acceptIsRefusedAfterTheExpiry() {
		assertThat(this.fixture.runAfter(this::age, this.fixture.accept(this.invitation))).isEqualTo("expired");
		assertThat(this.fixture.memberCount()).isOne();
	}

	@Test
	void acceptAfterAnEditGrantsTheEditedPermissions() {
		assertThat(this.fixture.runAfter(update(EDITED), this.fixture.accept(this.invitation))).isEqualTo("ok");
		assertThat(this.fixture.heldPermissions()).isEqualTo("quotes");
		assertThat(database.number("""
				select count(*) from account_event
				 where account_id = ? and type = 'invitation.accepted' and permissions = array['quotes']
				""", this.fixture.account().value())).isOne();
	}

	@Test
	void acceptIsRefusedAfterTheInviteeBecameAMember() {
		assertThat(this.fixture.runAfter((locked) -> locked.addMember(this.fixture.invitee().user().value(),
				this.fixture.invitee().email().canonical()), this.fixture.accept(this.invitation)))
			.isEqualTo("already-member");
		assertThat(this.fixture.current(this.invitation).status()).isEqualTo(InvitationStatus.PENDING);
	}

	@Test
	void resendIsRefusedAfterAnAccept() {
		assertThat(
				this.fixture.runAfter(
						update("status = 'ACCEPTED', ended_at = now(), accepted_by = '" + UUID.randomUUID() + "'")
							.andThen(this.fixture.moveCount("pending", "accepted")),
						this.fixture.resend(this.invitation)))
			.isEqualTo("wrong-status");
	}

	@Test
	void resendOfAnExpiredInvitationIsRefusedAfterANewOneForTheAddress() {
		expire();
		assertThat(this.fixture.runAfter(this.fixture.insertPending(UUID.randomUUID(), this.fixture.invitee().email()),
				this.fixture.resend(this.invitation)))
			.isEqualTo("invitation-pending");
		assertThat(this.fixture.current(this.invitation).status()).isEqualTo(InvitationStatus.EXPIRED);
	}

	@Test
	void resendIsRefusedAfterTheInviteeBecameAMember() {
		expire();
		assertThat(this.fixture.runAfter((locked) -> locked.addMember(this.fixture.invitee().user().value(),
				this.fixture.invitee().email().canonical()), this.fixture.resend(this.invitation)))
			.isEqualTo("already-member");
	}

	@Test
	void resendOfAnExpiredInvitationIsRefusedAfterTheLimitOfPendingInvitationsWasReached() {
		expire();
		database.update("update account set max_pending = 1 where id = ?", this.fixture.account().value());
		assertThat(
				this.fixture.runAfter(this.fixture.insertPending(UUID.randomUUID(), RandomCommands.aCaller().email()),
						this.fixture.resend(this.invitation)))
			.isEqualTo("too-many-pending");
	}

	@Test
	void resendSucceedsAfterTheSweep() {
		this.fixture.age(this.invitation);
		assertThat(this.fixture.runAfter(update(EXPIRED).andThen(this.fixture.moveCount("pending", "expired")),
				this.fixture.resend(this.invitation)))
			.isEqualTo("ok");
		assertCounts(1, 0, 0);
	}

	@Test
	void revokeSucceedsAfterTheSweep() {
		this.fixture.age(this.invitation);
		assertThat(this.fixture.runAfter(update(EXPIRED).andThen(this.fixture.moveCount("pending", "expired")),
				this.fixture.revoke(this.invitation)))
			.isEqualTo("ok");
		assertCounts(0, 0, 1);
	}

	@Test
	void revokeSucceedsAfterAResend() {
		expire();
		assertThat(this.fixture.runAfter(update(RESENT).andThen(this.fixture.moveCount("expired", "pending")),
				this.fixture.revoke(this.invitation)))
			.isEqualTo("ok");
		assertCounts(0, 0, 1);
	}

	@Test
	void editIsRefusedAfterAnEdit() {
		assertThat(this.fixture.runAfter(update(EDITED), this.fixture.edit(this.invitation, "tickets")))
			.isEqualTo("stale");
		assertThat(this.fixture.current(this.invitation).permissions().keys()).containsExactly("quotes");
	}

	@Test
	void editIsRefusedAfterTheExpiry() {
		assertThat(this.fixture.runAfter(this::age, this.fixture.edit(this.invitation, "tickets")))
			.isEqualTo("wrong-status");
	}

	@Test
	void declineIsRefusedAfterAResend() {
		assertThat(this.fixture.runAfter(update(RESENT), this.fixture.decline(this.invitation)))
			.isEqualTo("superseded");
		assertThat(this.fixture.current(this.invitation).status()).isEqualTo(InvitationStatus.PENDING);
	}

	@Test
	void sweepExpiresNothingAfterAResend() {
		this.fixture.age(this.invitation);
		try (LockedAccount locked = LockedAccount.withoutLock(database, this.fixture.account().value())) {
			locked.run("select 1 from invitation where id = ? for update", this.invitation.id().value());
			CompletableFuture<Long> swept = service.bean(ExpirySweep.class).sweep().toFuture();
			locked.awaitWaiting(1);
			update(RESENT).accept(locked);
			locked.release();
			assertThat(swept).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(0L);
		}
		assertThat(this.fixture.current(this.invitation).status()).isEqualTo(InvitationStatus.PENDING);
	}

	@Test
	void sweepSkipsALockedAccount() {
		this.fixture.age(this.invitation);
		try (LockedAccount locked = LockedAccount.hold(database, this.fixture.account().value())) {
			assertThat(service.bean(ExpirySweep.class).sweep().toFuture()).succeedsWithin(Duration.ofSeconds(1));
			assertCounts(1, 0, 0);
			locked.release();
		}
		sweep();
		assertCounts(0, 1, 0);
	}

	private Consumer<LockedAccount> update(String assignments) {
		return this.fixture.update(this.invitation, assignments);
	}

	private void age(LockedAccount locked) {
		locked.run(InvitationFixture.AGE, this.fixture.account().value(), this.invitation.id().value());
	}

	private void expire() {
		this.fixture.age(this.invitation);
		sweep();
	}

	private static void sweep() {
		service.bean(ExpirySweep.class).sweep().block();
	}

	private void assertCounts(int pending, int expired, int revoked) {
		assertThat(database
			.rows("select pending_count, expired_count, revoked_count from account where id = ?",
					this.fixture.account().value())
			.get(0)).containsEntry("revoked_count", revoked)
			.containsEntry("pending_count", pending)
			.containsEntry("expired_count", expired);
	}

}
