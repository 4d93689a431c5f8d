package dev.latchkey.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.RoleFixture.Stage;
import dev.latchkey.testing.TestUsers.Owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs every operation of the API as every role, provokes rejections, and lets time pass,
 * so that the service executes every kind of statement at least once.
 */
public record AllOperations(Service service, TestDatabase database, MailServer mail) {

	/**
	 * Runs all operations. The mail server is stopped afterwards.
	 */
	public void runAll() {
		RoleFixture fixture = new RoleFixture(this.service, this.database);
		for (RoleMatrix.Row row : RoleMatrix.rows()) {
			if (row.isInApi()) {
				fixture.callAsEachRole(row);
			}
		}
		acceptAsNewUser(fixture.stage());
		provokeRejections(fixture.stage());
		extendIdleSession(fixture.stage());
		exceedSharedSignInLimit();
		expireAndResend(fixture.stage());
		awaitReminder(fixture.stage());
		purgeOldRows(fixture.stage());
		transferOwnership(fixture.stage(), fixture.client(Role.MEMBER));
		deferMailAndRetry(fixture.stage());
	}

	private static void transferOwnership(Stage stage, Client newOwner) {
		Owner owner = stage.owner();
		String transfer = owner.path("/ownership-transfer");
		Map<String, Object> offer = Map.of("userId", stage.member(), "password", TestUsers.PASSWORD);
		assertThat(owner.client().put(transfer, offer).status()).isEqualTo(200);
		assertThat(owner.client().delete(transfer).status()).isEqualTo(204);
		assertThat(owner.client().put(transfer, offer).status()).isEqualTo(200);
		assertThat(newOwner.send("POST", transfer + "/accept", null).status()).isEqualTo(200);
	}

	private void acceptAsNewUser(Stage stage) {
		Client anonymous = this.service.anonymous();
		assertThat(anonymous
			.post("/invitations/accept", Map.of("token", stage.token(), "name", "Ada", "password", TestUsers.PASSWORD))
			.status()).isEqualTo(200);
		assertThat(anonymous
			.post("/invitations/accept", Map.of("token", stage.token(), "name", "Ada", "password", TestUsers.PASSWORD))
			.status()).isEqualTo(200);
	}

	/**
	 * A rejected command reads the current state to find the reason, which takes
	 * statements of its own.
	 */
	private void provokeRejections(Stage stage) {
		Owner owner = stage.owner();
		Map<String, Object> invitation = Map.of("email", TestUsers.anAddress(), "permissions", List.of("quotes"));
		String path = owner.path("/invitations");
		for (int time = 0; time < 2; time++) {
			owner.client().post(path, invitation, "Idempotency-Key", "once");
		}
		assertThat(owner.client().post(path, invitation).code()).isEqualTo("invitation-pending");
		owner.client()
			.post(path, "{\"email\":\"" + TestUsers.anAddress() + "\",\"permissions\":[\"quotes\"]}", "Content-Type",
					"application/x-ndjson", "Idempotency-Key", "many");
		UUID account = UUID.fromString(owner.account());
		this.database.update("update account set max_pending = 1, max_creations_per_day = 1 where id = ?", account);
		owner.client().post(path, Map.of("email", TestUsers.anAddress(), "permissions", List.of("quotes")));
		owner.client().send("POST", path + "/" + stage.invitation() + "/resend", null);
		this.database.update("update account set max_pending = null where id = ?", account);
		owner.client().post(path, Map.of("email", TestUsers.anAddress(), "permissions", List.of("quotes")));
		this.database.update("update account set max_creations_per_day = null where id = ?", account);
		this.database.update("update invitee_quota set resends = 1000 where account_id = ?", account);
		owner.client().send("POST", path + "/" + stage.invitation() + "/resend", null);
		owner.client().get(owner.path("/events?after=" + owner.client().get(path).at("position")));
	}

	/**
	 * Exceeds the limit of one mailbox, then stops the mail server.
	 */
	private void deferMailAndRetry(Stage stage) {
		String name = TestUsers.anAddress();
		stage.owner().invite(name, "quotes");
		new Tables(this.database).awaitEmptyOutbox();
		this.database.update("update mailbox_quota set mails = 1000");
		stage.owner().invite(name.replace("@", "+more@"), "quotes");
		await().until(() -> this.database.number("select count(*) from outbox where deferred") > 0);
		this.database.update("delete from outbox");
		this.database.update("delete from mailbox_quota");
		this.mail.close();
		stage.owner().invite(TestUsers.anAddress(), "quotes");
		await().until(() -> this.database.number("select count(*) from mail_attempt where outcome = 'RETRY'") > 0);
		this.database.update("delete from outbox");
	}

	private void extendIdleSession(Stage stage) {
		this.database.update("update session set idle_until = idle_until - interval '1 hour'");
		assertThat(stage.owner().client().get("/session").status()).isEqualTo(200);
	}

	/**
	 * Exceeds the limit that unknown sources share, but not the one of this source: its
	 * count was cleared by a sign-in.
	 */
	private void exceedSharedSignInLimit() {
		TestUsers users = new TestUsers(this.service);
		String address = users.aUser().address();
		Map<String, String> guess = Map.of("email", address, "password", "a wrong password");
		this.database.update("delete from known_source");
		assertThat(this.service.anonymous().post("/session", guess).status()).isEqualTo(401);
		users.signIn(address);
		this.database.update("delete from known_source");
		this.database.update("update address_attempt set attempts = 1000");
		assertThat(this.service.anonymous().post("/session", guess).status()).isEqualTo(429);
		this.database.update("delete from address_attempt");
	}

	private void expireAndResend(Stage stage) {
		this.database.letSevenDaysPass(stage.owner().account(), stage.invitee());
		await().until(
				() -> database.number("select count(*) from invitation where status = 'PENDING' and expires_at < now()"
						+ " and account_id = ?::uuid", stage.owner().account()) == 0);
		stage.owner().client().post(stage.owner().path("/invitations/" + stage.invitation() + "/resend"), Map.of());
	}

	/**
	 * Makes the pending invitations six days older, so that they expire within the lead
	 * time of reminders.
	 */
	private void awaitReminder(Stage stage) {
		String account = stage.owner().account();
		new Tables(this.database).awaitEmptyOutbox();
		this.database.update("update invitation set issued_at = issued_at - interval '6 days',"
				+ " expires_at = expires_at - interval '6 days' where account_id = ?::uuid and status = 'PENDING'",
				account);
		await().until(() -> this.database.number(
				"select count(*) from invitation where account_id = ?::uuid and reminded_version > 0", account) > 0);
	}

	/**
	 * Makes rows 14 days older and waits until they are purged.
	 */
	private void purgeOldRows(Stage stage) {
		UUID account = UUID.fromString(stage.owner().account());
		stage.owner()
			.client()
			.post(stage.owner().path("/invitations/" + stage.invitation() + "/revoke"), Map.of(), "Idempotency-Key",
					"revoked");
		new Tables(this.database).awaitEmptyOutbox();
		this.database.update("insert into account_person values (?, ?, 'x@example.test', 'Gone')", account,
				UUID.randomUUID());
		this.database.update("update invitee_quota set window_start = window_start - interval '14 days'");
		this.database.update("update idempotency_receipt set created_at = created_at - interval '14 days'");
		this.database.update("""
				update invitation set issued_at = issued_at - interval '14 days',
				       expires_at = expires_at - interval '14 days', ended_at = ended_at - interval '14 days'
				 where account_id = ? and ended_at is not null""", account);
		this.database.update("update account_event set at = at - interval '14 days' where account_id = ?", account);
		this.database.update("update account set log_since = '-infinity' where id = ?", account);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> this.database.number("select (select count(*) from account_person where name = 'Gone')"
					+ " + (select count(*) from invitee_quota) + (select count(*) from idempotency_receipt)") == 0);
	}

}
