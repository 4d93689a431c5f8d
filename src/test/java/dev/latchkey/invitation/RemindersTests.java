package dev.latchkey.invitation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.latchkey.mail.QueuedMail;
import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.LockedAccount;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An invitee gets one reminder for each link of a pending invitation, before it expires.
 */
@ServiceTest
class RemindersTests {

	private static final Duration LEAD_TIME = Duration.ofDays(2);

	static TestDatabase database;

	static MailServer mails;

	static Service service;

	/** The schedule is set to one hour, so only the tests run it. */
	static Reminders reminders;

	Owner owner;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mails = MailServer.start();
		service = Service.on(database)
			.mailingTo(mails)
			.set("latchkey.invitations.sweep-interval", "1h")
			.set("latchkey.invitations.reminder-lead-time", LEAD_TIME.toString())
			.set("latchkey.invitations.resend-cooldown", "0s")
			.start();
		reminders = service.bean(Reminders.class);
	}

	@BeforeEach
	void createOwner() {
		this.owner = new TestUsers(service).anOwner();
	}

	@AfterAll
	static void stop() {
		new AccountAudit(database).check();
		service.close();
		mails.close();
	}

	@Test
	void theReminderContainsTheSameLink() {
		Response invitation = inviteAndAwaitSent();
		Mail first = mails.awaitMail(invitation.at("email"));
		age(invitation, Duration.ofDays(6));
		assertThat(remind()).isOne();
		Mail second = mails.awaitMail(invitation.at("email"), 2);
		assertThat(second.token()).isEqualTo(first.token());
		assertThat(second.messageId()).isNotEqualTo(first.messageId());
		assertThat(second.subject()).startsWith("Reminder: ").endsWith(" has invited you to their account");
		assertThat(second.text()).contains("is waiting for your reply", "This is the only reminder");
		assertThat(second.html()).contains("is waiting for your reply", "This is the only reminder");
		assertThat(remind()).isZero();
		assertThat(types(invitation)).containsExactly("invitation.created", "invitation.sent", "invitation.reminded");
		assertThat(service.anonymous()
			.post("/invitations/accept",
					Map.of("token", second.token(), "name", "Sam", "password", "four quiet green herons"))
			.status()).isEqualTo(200);
	}

	@Test
	void aNewLinkGetsItsOwnReminder() {
		Response invitation = inviteAndAwaitSent();
		age(invitation, Duration.ofDays(6));
		assertThat(remind()).isOne();
		mails.awaitMail(invitation.at("email"), 2);
		this.owner.client().send("POST", path(invitation) + "/resend", null);
		mails.awaitMail(invitation.at("email"), 3);
		this.owner.awaitSent(invitation.at("id"));
		assertThat(remind()).isZero();
		age(invitation, Duration.ofDays(6));
		assertThat(remind()).isOne();
		assertThat(mails.awaitMail(invitation.at("email"), 4).token())
			.isEqualTo(mails.mailsTo(invitation.at("email")).get(2).token());
	}

	@Test
	void noReminderIsSentTooEarlyOrAfterExpiry() {
		Response early = inviteAndAwaitSent();
		age(early, Duration.ofDays(5).minusMinutes(1));
		Response late = inviteAndAwaitSent();
		age(late, Duration.ofDays(7));
		assertThat(remind()).isZero();
		// It becomes due within a minute, which another test could count.
		this.owner.client().send("POST", path(early) + "/revoke", null);
	}

	@Test
	void aShortValidityGetsNoReminder() {
		Response three = inviteAndAwaitSent(Map.of("expiresInDays", 3));
		age(three, Duration.ofHours(60));
		assertThat(remind()).isZero();
		Response four = inviteAndAwaitSent(Map.of("expiresInDays", 4));
		age(four, Duration.ofDays(3));
		assertThat(remind()).isOne();
	}

	@Test
	void revokedAndDeclinedInvitationsGetNoReminder() {
		Response revoked = inviteAndAwaitSent();
		age(revoked, Duration.ofDays(6));
		this.owner.client().send("POST", path(revoked) + "/revoke", null);
		Response declined = inviteAndAwaitSent();
		age(declined, Duration.ofDays(6));
		service.anonymous()
			.post("/invitations/decline", Map.of("token", mails.awaitMail(declined.at("email")).token()));
		assertThat(remind()).isZero();
	}

	@Test
	void noReminderFollowsAMailThatWasNotSent() {
		for (String delivery : List.of("FAILED", "QUEUED")) {
			Response invitation = inviteAndAwaitSent();
			age(invitation, Duration.ofDays(6));
			database.update("update invitation set delivery_status = ? where account_id = ? and id = ?", delivery,
					account(), id(invitation));
			assertThat(remind()).as(delivery).isZero();
		}
	}

	@Test
	void aQueuedReminderIsDroppedAfterARevoke() {
		Response invitation = inviteAndAwaitSent();
		age(invitation, Duration.ofDays(6));
		ReminderMail reminderMail = service.bean(ReminderMail.class);
		assertThat(remind()).isOne();
		mails.awaitMail(invitation.at("email"), 2);
		UUID reminder = (UUID) database
			.rows("select reminder_id from invitation where account_id = ? and id = ?", account(), id(invitation))
			.get(0)
			.get("reminder_id");
		QueuedMail mail = new QueuedMail(account(), UUID.randomUUID(), "reminder", Objects.requireNonNull(reminder), 1,
				2);
		assertThat(reminderMail.compose(mail).block()).isNotNull();
		this.owner.client().send("POST", path(invitation) + "/revoke", null);
		assertThat(reminderMail.compose(mail).block()).isNull();
	}

	@Test
	void concurrentRunsQueueEachReminderOnce() {
		int count = 2 * Reminders.BATCH + 20;
		String lines = IntStream.range(0, count)
			.mapToObj((line) -> "{\"email\":\"" + TestUsers.anAddress() + "\",\"permissions\":[\"domains\"]}\n")
			.reduce("", String::concat);
		this.owner.client()
			.send("POST", this.owner.path("/invitations"), lines, "Content-Type", "application/x-ndjson");
		database.update("delete from outbox where shard_id = ?", account());
		database.update("update invitation set delivery_status = 'SENT', issued_at = issued_at - interval '6 days',"
				+ " expires_at = expires_at - interval '6 days' where account_id = ?", account());
		long queued = Objects.requireNonNull(Flux.range(0, 8)
			.flatMap((replica) -> reminders.remind().subscribeOn(Schedulers.parallel()))
			.reduce(0L, Long::sum)
			.block()) + remind();
		assertThat(queued).isEqualTo(count);
		assertThat(database.number(
				"select count(distinct invitation_id) from account_event where account_id = ? and type = 'invitation.reminded'",
				account()))
			.isEqualTo(count);
	}

	/**
	 * One invitation is found at a time, and the account of the first one is locked.
	 */
	@Test
	void oneRunQueuesAllDueRemindersExceptThoseOfLockedAccounts() {
		Response locked = inviteAndAwaitSent();
		age(locked, Duration.ofDays(6).plusHours(2));
		UUID lockedAccount = account();
		createOwner();
		age(inviteAndAwaitSent(), Duration.ofDays(6).plusHours(1));
		createOwner();
		age(inviteAndAwaitSent(), Duration.ofDays(6));
		age(inviteAndAwaitSent(), Duration.ofDays(6));
		Reminders oneByOne = new Reminders(service.bean(DatabaseClient.class), UUID::randomUUID,
				service.bean(InvitationNotifier.class), LEAD_TIME, 1);
		try (LockedAccount lock = LockedAccount.hold(database, lockedAccount)) {
			assertThat(oneByOne.remind().block()).isEqualTo(3);
			lock.release();
		}
		assertThat(oneByOne.remind().block()).isOne();
	}

	@Test
	void remindersCanBeTurnedOff() {
		Response invitation = inviteAndAwaitSent();
		age(invitation, Duration.ofDays(6));
		try (Service other = Service.on(database)
			.mailingTo(mails)
			.set("latchkey.invitations.reminder-lead-time", "0s")
			.withOwnEventLoops()
			.start()) {
			assertThat(other.bean(Reminders.class).remind().block()).isZero();
		}
		assertThat(remind()).isOne();
	}

	private long remind() {
		return Objects.requireNonNull(reminders.remind().block());
	}

	private Response inviteAndAwaitSent() {
		return inviteAndAwaitSent(Map.of());
	}

	private Response inviteAndAwaitSent(Map<String, Object> fields) {
		Map<String, Object> body = new HashMap<>(
				Map.of("email", TestUsers.anAddress(), "permissions", List.of("domains")));
		body.putAll(fields);
		Response invited = this.owner.client().post(this.owner.path("/invitations"), body);
		mails.awaitMail(invited.at("email"));
		this.owner.awaitSent(invited.at("id"));
		return invited;
	}

	private List<String> types(Response invitation) {
		return this.owner.client()
			.get(path(invitation) + "/events")
			.json()
			.path("items")
			.valueStream()
			.map((event) -> event.path("type").asString())
			.toList();
	}

	private void age(Response invitation, Duration time) {
		database.update(
				"update invitation set issued_at = issued_at - make_interval(secs => ?),"
						+ " expires_at = expires_at - make_interval(secs => ?) where account_id = ? and id = ?",
				(double) time.toSeconds(), (double) time.toSeconds(), account(), id(invitation));
	}

	private String path(Response invitation) {
		return this.owner.path("/invitations/" + invitation.at("id"));
	}

	private UUID account() {
		return UUID.fromString(this.owner.account());
	}

	private static UUID id(Response invitation) {
		return UUID.fromString(invitation.at("id"));
	}

}
