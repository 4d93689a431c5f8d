package dev.latchkey.invitation;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.latchkey.testing.HeldAccount;
import dev.latchkey.testing.OutboxRecord;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is done to an invitation behind a change of that invitation, as in
 * {@link StaleSnapshotTests}: the state at the lock decides.
 */
class StaleInvitationTests {

	private static final String RESENT = "status = 'PENDING', ended_at = null, token_version = 2, send_count = 2,"
			+ " issued_at = now(), expires_at = now() + interval '7 days'";

	private static final String REVOKED = "status = 'REVOKED', ended_at = now()";

	private static final String EDITED = "permissions = array['quotes'], version = 2";

	private static final String EXPIRED = "status = 'EXPIRED', ended_at = expires_at";

	static TestDatabase database;

	static Service service;

	Scene scene;

	Invitation invitation;

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
	void invite() {
		this.scene = Scene.of(database, service);
		this.invitation = this.scene.invite();
	}

	@Test
	void acceptingBehindTheLossOfTheInvitersAccountGrantsNothing() {
		UUID heir = UUID.randomUUID();
		assertThat(this.scene.behind((held) -> held.addMember(heir, heir + "@example.test").handOver(heir),
				this.scene.accept(this.invitation)))
			.isEqualTo("revoked");
		assertThat(this.scene.members()).isEqualTo(2);
		assertThat(database.number("select count(*) from invitation where id = ? and status = 'PENDING'",
				this.invitation.id().value()))
			.isOne();
	}

	@Test
	void acceptingBehindARevocationIsRefused() {
		assertThat(this.scene.behind(set(REVOKED).andThen(this.scene.count("pending", "revoked")),
				this.scene.accept(this.invitation)))
			.isEqualTo("revoked");
		assertThat(this.scene.members()).isOne();
	}

	@Test
	void acceptingBehindAResendIsRefused() {
		assertThat(this.scene.behind(set(RESENT), this.scene.accept(this.invitation))).isEqualTo("superseded");
		assertThat(this.scene.members()).isOne();
	}

	@Test
	void acceptingBehindItsEndIsRefused() {
		assertThat(this.scene.behind(this::age, this.scene.accept(this.invitation))).isEqualTo("expired");
		assertThat(this.scene.members()).isOne();
	}

	@Test
	void acceptingBehindAnEditGrantsWhatTheEditLeft() {
		assertThat(this.scene.behind(set(EDITED), this.scene.accept(this.invitation))).isEqualTo("ok");
		assertThat(this.scene.held()).isEqualTo("quotes");
		assertThat(database.number("""
				select count(*) from account_event
				 where account_id = ? and type = 'invitation.accepted' and permissions = array['quotes']
				""", this.scene.account().value())).isOne();
	}

	@Test
	void acceptingBehindAnotherWayIntoTheAccountIsRefused() {
		assertThat(this.scene.behind(
				(held) -> held.addMember(this.scene.invitee().user().value(), this.scene.invitee().email().canonical()),
				this.scene.accept(this.invitation)))
			.isEqualTo("already-member");
		assertThat(this.scene.now(this.invitation).status()).isEqualTo(InvitationStatus.PENDING);
	}

	@Test
	void resendingBehindAnAcceptanceIsRefused() {
		assertThat(this.scene
			.behind(set("status = 'ACCEPTED', ended_at = now(), accepted_by = '" + UUID.randomUUID() + "'")
				.andThen(this.scene.count("pending", "accepted")), this.scene.resend(this.invitation)))
			.isEqualTo("wrong-status");
	}

	@Test
	void resendingAnExpiredOneBehindANewOneForTheAddressIsRefused() {
		expire();
		assertThat(this.scene.behind(this.scene.open(UUID.randomUUID(), this.scene.invitee().email()),
				this.scene.resend(this.invitation)))
			.isEqualTo("invitation-pending");
		assertThat(this.scene.now(this.invitation).status()).isEqualTo(InvitationStatus.EXPIRED);
	}

	@Test
	void resendingBehindTheAcceptanceOfAnotherIsRefused() {
		expire();
		assertThat(this.scene.behind(
				(held) -> held.addMember(this.scene.invitee().user().value(), this.scene.invitee().email().canonical()),
				this.scene.resend(this.invitation)))
			.isEqualTo("already-member");
	}

	@Test
	void resendingAnExpiredOneBehindTheCreationThatFilledTheAccountIsRefused() {
		expire();
		database.update("update account set max_pending = 1 where id = ?", this.scene.account().value());
		assertThat(this.scene.behind(this.scene.open(UUID.randomUUID(), RandomCommands.somebody().email()),
				this.scene.resend(this.invitation)))
			.isEqualTo("too-many-pending");
	}

	@Test
	void resendingBehindTheSweepResends() {
		this.scene.age(this.invitation);
		assertThat(this.scene.behind(set(EXPIRED).andThen(this.scene.count("pending", "expired")),
				this.scene.resend(this.invitation)))
			.isEqualTo("ok");
		assertCounts(1, 0, 0);
	}

	@Test
	void revokingBehindTheSweepRevokes() {
		this.scene.age(this.invitation);
		assertThat(this.scene.behind(set(EXPIRED).andThen(this.scene.count("pending", "expired")),
				this.scene.revoke(this.invitation)))
			.isEqualTo("ok");
		assertCounts(0, 0, 1);
	}

	@Test
	void revokingBehindAResendRevokes() {
		expire();
		assertThat(this.scene.behind(set(RESENT).andThen(this.scene.count("expired", "pending")),
				this.scene.revoke(this.invitation)))
			.isEqualTo("ok");
		assertCounts(0, 0, 1);
	}

	@Test
	void editingBehindAnEditIsRefused() {
		assertThat(this.scene.behind(set(EDITED), this.scene.edit(this.invitation, "tickets"))).isEqualTo("stale");
		assertThat(this.scene.now(this.invitation).permissions().keys()).containsExactly("quotes");
	}

	@Test
	void editingBehindItsEndIsRefused() {
		assertThat(this.scene.behind(this::age, this.scene.edit(this.invitation, "tickets"))).isEqualTo("wrong-status");
	}

	@Test
	void decliningBehindAResendIsRefused() {
		assertThat(this.scene.behind(set(RESENT), this.scene.decline(this.invitation))).isEqualTo("superseded");
		assertThat(this.scene.now(this.invitation).status()).isEqualTo(InvitationStatus.PENDING);
	}

	@Test
	void sweepingBehindAResendExpiresNothing() {
		this.scene.age(this.invitation);
		try (HeldAccount held = HeldAccount.beside(database, this.scene.account().value())) {
			held.run("select 1 from invitation where id = ? for update", this.invitation.id().value());
			CompletableFuture<Long> swept = service.bean(ExpirySweep.class).sweep().toFuture();
			held.awaitWaiting(1);
			set(RESENT).accept(held);
			held.release();
			assertThat(swept).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(0L);
		}
		assertThat(this.scene.now(this.invitation).status()).isEqualTo(InvitationStatus.PENDING);
	}

	@Test
	void theSweepPassesByAnAccountThatIsAtWork() {
		this.scene.age(this.invitation);
		try (HeldAccount held = HeldAccount.hold(database, this.scene.account().value())) {
			assertThat(service.bean(ExpirySweep.class).sweep().toFuture()).succeedsWithin(Duration.ofSeconds(1));
			assertCounts(1, 0, 0);
			held.release();
		}
		expireDue();
		assertCounts(0, 1, 0);
	}

	private Consumer<HeldAccount> set(String assignments) {
		return this.scene.set(this.invitation, assignments);
	}

	private void age(HeldAccount held) {
		held.run(Scene.AGE, this.scene.account().value(), this.invitation.id().value());
	}

	private void expire() {
		this.scene.age(this.invitation);
		expireDue();
	}

	private static void expireDue() {
		service.bean(ExpirySweep.class).sweep().block();
	}

	private void assertCounts(int pending, int expired, int revoked) {
		assertThat(database
			.rows("select pending_count, expired_count, revoked_count from account where id = ?",
					this.scene.account().value())
			.get(0)).containsEntry("revoked_count", revoked)
			.containsEntry("pending_count", pending)
			.containsEntry("expired_count", expired);
	}

}
