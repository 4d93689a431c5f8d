package dev.latchkey.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.Watcher;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A mail from its enqueueing to its final outcome, as the account's owner sees it, with a
 * mail server that fails in various ways.
 */
@ServiceTest
class OutboxRelayTests {

	static ScriptedMailServer mail;

	static TestDatabase database;

	static Service service;

	static TestUsers users;

	static Owner owner;

	private final String address = TestUsers.anAddress();

	@BeforeAll
	static void start() {
		mail = ScriptedMailServer.start();
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.mail.host", "127.0.0.1")
			.set("latchkey.mail.port", Integer.toString(mail.port()))
			.set("latchkey.mail.transport", "SMTP")
			.set("latchkey.mail.retry-delays", "20ms,20ms,20ms,20ms,20ms,20ms,20ms")
			.set("latchkey.mail.poll-interval", "100ms")
			.set("latchkey.mail.send-timeout", "4s")
			.set("latchkey.mail.lease-duration", "8s")
			.set("latchkey.mail.max-mails-per-mailbox", "10")
			.set("latchkey.mail.connections", "2")
			.set("latchkey.invitations.resend-cooldown", "0s")
			.start();
		users = new TestUsers(service);
		owner = users.anOwner();
	}

	@BeforeEach
	void createAccount() {
		owner = users.anOwner();
	}

	@AfterAll
	static void stop() {
		service.close();
		mail.close();
	}

	@Nested
	class PermanentFailures {

		@ParameterizedTest
		@CsvSource({ "RCPT, 550 5.1.1 no such user", "DATA, 554 5.7.1 no", "MESSAGE, 552 5.3.4 too big" })
		void areShownOnTheInvitationAndInTheFeed(Step step, String reply) {
			mail.answer(address, step, reply);
			try (Watcher watcher = owner.client().watch(owner.account(), null)) {
				watcher.next();
				String id = invite();
				Watcher.Seen failed = watcher.await((seen) -> !seen.event().equals("invitation.created"));
				assertThat(failed.event()).isEqualTo("invitation.delivery-failed");
				assertThat(failed.data().path("invitation").path("id").asString()).isEqualTo(id);
				assertThat(failed.data().path("actor").path("kind").asString()).isEqualTo("system");
				assertThat(invitation(id).path("status").asString()).isEqualTo("pending");
				assertThat(attempts(id)).containsExactly("1 failed " + reply.substring(0, 3) + " " + reply);
				assertThat(delivery(id).path("status").asString()).isEqualTo("failed");
				assertThat(delivery(id).has("nextAttemptAt")).isFalse();
			}
			assertThat(mail.dialogsWith(address)).hasSize(1);
			assertThat(queued()).isZero();
		}

		@Test
		void keepTheReplyWithoutAddresses() {
			mail.answer(address, Step.RCPT, "550 5.1.1 <" + address + "> is unknown to postmaster@mx.example");
			String id = invite();
			awaitStatus(id, "failed");
			assertThat(attempts(id).get(0)).contains("is unknown to").doesNotContain("@", address);
			assertThat(database.rows("select answer from mail_attempt").toString()).doesNotContain(address);
		}

		@Test
		void canBeFollowedByAResend() {
			mail.answer(address, Step.RCPT, "550 5.1.1 no such user");
			String id = invite();
			awaitStatus(id, "failed");
			assertThat(owner.client().send("POST", owner.path("/invitations/" + id + "/resend"), null).status())
				.isEqualTo(200);
			awaitStatus(id, "sent");
			assertThat(delivery(id).path("attempts").valueStream().map((attempt) -> attempt.path("mail").asInt()))
				.containsExactly(1, 2);
		}

	}

	@Nested
	class TemporaryFailures {

		@ParameterizedTest
		@CsvSource({ "RCPT, 450 4.2.1 busy", "MESSAGE, 451 4.3.0 later", "MESSAGE, drop", "RCPT, drop" })
		void areRetriedWithTheSameMessageId(Step step, String reply) {
			mail.answer(address, step, reply);
			String id = invite();
			awaitStatus(id, "sent");
			assertThat(attempts(id)).hasSize(2);
			assertThat(attempts(id).get(0)).startsWith("1 retry");
			assertThat(attempts(id).get(1)).isEqualTo("2 sent 250 250 2.0.0 queued as 1");
			assertThat(delivery(id).path("attempts")
				.valueStream()
				.map((attempt) -> Instant.parse(attempt.path("at").asString()))).isSorted();
			String messageId = "Message-ID: <invitation." + id + ".1@latchkey.test>";
			assertThat(mail.dialogsWith(address)).hasSize(2)
				.allMatch((dialog) -> dialog.message().isEmpty() || dialog.message().contains(messageId));
			assertThat(mail.dialogsWith(address).get(1).message()).contains(messageId);
		}

		@Test
		void becomePermanentAfterEightAttempts() {
			mail.answer(address, Step.MESSAGE, "451 1", "451 2", "451 3", "451 4", "451 5", "451 6", "451 7", "451 8",
					"451 9");
			String id = invite();
			awaitStatus(id, "failed");
			assertThat(attempts(id)).hasSize(8).allMatch((attempt) -> attempt.contains(" 451 "));
			assertThat(attempts(id).get(7)).startsWith("8 failed");
			assertThat(mail.dialogsWith(address)).hasSize(8);
			assertThat(owner.client().get(owner.path("/invitations/" + id + "/events")).text())
				.containsOnlyOnce("invitation.delivery-failed");
		}

		@Test
		void areShownUntilTheMailIsSent() {
			mail.answer(address, Step.MESSAGE, "451 4.3.0 later");
			String id = invite();
			await().until(() -> attempts(id).size() == 1 || !delivery(id).path("status").asString().equals("queued"));
			awaitStatus(id, "sent");
			assertThat(delivery(id).has("nextAttemptAt")).isFalse();
		}

	}

	@Nested
	class Mails {

		/**
		 * A mail that can't be sent delays no other.
		 */
		@Test
		void areNotDelayedByAnotherOneThatHangs() {
			mail.answer(address, Step.RCPT, ScriptedMailServer.HANG);
			String hanging = invite();
			await().until(() -> mail.dialogsWith(address).size() == 1);
			String other = TestUsers.anAddress();
			String id = invite(other);
			awaitStatus(id, "sent");
			assertThat(attempts(hanging)).isEmpty();
			assertThat(mail.dialogsWith(address)).hasSize(1);
			awaitStatus(hanging, "sent");
			assertThat(attempts(hanging)).containsExactly("1 retry null No reply within the send timeout",
					"2 sent 250 250 2.0.0 queued as 1");
		}

		@Test
		void ofAnOlderLinkAreDropped() {
			String id = inviteAndHold();
			assertThat(owner.client().send("POST", owner.path("/invitations/" + id + "/resend"), null).status())
				.isEqualTo(200);
			awaitStatus(id, "sent");
			int before = mail.dialogsWith(address).size();
			makeAllDue();
			await().until(() -> queued() == 0);
			assertThat(mail.dialogsWith(address)).hasSize(before);
			assertThat(mail.dialogsWith(address).get(before - 1).message()).contains("." + id + ".2@");
		}

		@Test
		void ofARevokedInvitationAreDropped() {
			String id = inviteAndHold();
			int before = mail.dialogsWith(address).size();
			assertThat(owner.client().send("POST", owner.path("/invitations/" + id + "/revoke"), null).status())
				.isEqualTo(200);
			makeAllDue();
			await().until(() -> queued() == 0);
			assertThat(mail.dialogsWith(address)).hasSize(before);
			assertThat(invitation(id).path("status").asString()).isEqualTo("revoked");
		}

		/**
		 * A mailbox that many accounts send invitations to gets a limited number of
		 * mails. The accounts see that their mail is deferred; refusing it would reveal
		 * the existence of the other invitations.
		 */
		@Test
		void forAMailboxOverItsQuotaAreDeferred() {
			database.update("insert into mailbox_quota values (?, now(), 9)", address);
			awaitStatus(invite(), "sent");
			Owner another = users.anOwner();
			String tagged = address.replace("@", "+tag@");
			String id = another.invite(tagged, "invoices").at("id");
			owner = another;
			await().until(() -> delivery(id).path("deferred").asBoolean(false));
			assertThat(delivery(id).path("status").asString()).isEqualTo("queued");
			assertThat(Instant.parse(delivery(id).path("nextAttemptAt").asString()))
				.isBetween(Instant.now().plus(Duration.ofMinutes(50)), Instant.now().plus(Duration.ofMinutes(80)));
			assertThat(attempts(id)).isEmpty();
			assertThat(mail.dialogsWith(tagged)).isEmpty();
			database.update("update mailbox_quota set window_start = now() - interval '61 minutes' where mailbox = ?",
					address);
			makeAllDue();
			awaitStatus(id, "sent");
			assertThat(delivery(id).has("deferred")).isFalse();
			assertThat(attempts(id)).containsExactly("1 sent 250 250 2.0.0 queued as 1");
		}

		@Test
		void containNamesAsTextAndOneLink() {
			database.update("update account set name = ? where id = ?", "<b>Pay</b> at https://evil.example/x",
					UUID.fromString(owner.account()));
			awaitStatus(invite(), "sent");
			MimeMessage message = ParsedMail.parse(mail.dialogsWith(address).get(0).message());
			assertThat(ParsedMail.part(message, "text/html")).contains("&lt;b&gt;Pay")
				.containsOnlyOnce("://")
				.doesNotContain("<b>", "evil.example");
			assertThat(ParsedMail.part(message, "text/plain")).contains("<b>Pay")
				.containsOnlyOnce("://")
				.doesNotContain("https:", "evil.example");
		}

	}

	@Nested
	class Attempts {

		/**
		 * Attempts are counted before sending, so that a mail that crashes its replica is
		 * not retried forever.
		 */
		@Test
		void thatNeverEndedAreCounted() {
			String id = inviteAndHold();
			int before = mail.dialogsWith(address).size();
			database.update("update outbox set attempts = 8, lease = ?, due_at = now() where subject_id = ?",
					UUID.randomUUID(), UUID.fromString(id));
			awaitStatus(id, "failed");
			assertThat(mail.dialogsWith(address)).hasSize(before);
			assertThat(attempts(id)).last().isEqualTo("9 failed null The last attempt did not end");
		}

		@Test
		void whoseLeaseIsLostWriteNothing() {
			mail.answer(address, Step.RCPT, ScriptedMailServer.HANG);
			String id = invite();
			await().until(() -> mail.dialogsWith(address).size() == 1);
			UUID other = UUID.randomUUID();
			database.update("update outbox set lease = ?, attempts = 5, due_at = now() + interval '1 hour'"
					+ " where subject_id = ?", other, UUID.fromString(id));
			// The slot of the first mail is free again when the second one, which hangs
			// at
			// first, was sent.
			String later = TestUsers.anAddress();
			mail.answer(later, Step.RCPT, ScriptedMailServer.HANG);
			String second = invite(later);
			awaitStatus(second, "sent");
			assertThat(attempts(id)).isEmpty();
			assertThat(database.rows("select lease, attempts from outbox where subject_id = ?", UUID.fromString(id)))
				.containsExactly(Map.of("lease", other, "attempts", 5));
			database.update("delete from outbox");
		}

	}

	private String invite() {
		return invite(this.address);
	}

	private String invite(String invitee) {
		return owner.invite(invitee, "invoices", "domains").at("id");
	}

	/**
	 * Creates an invitation whose mail has failed once and is not due for an hour.
	 */
	private String inviteAndHold() {
		mail.answer(this.address, Step.MESSAGE, "451 1", "451 2", "451 3", "451 4", "451 5", "451 6");
		String id = invite();
		// Polls more often than the relay, in order to find the row between two attempts.
		await().pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> database.update("update outbox set due_at = now() + interval '1 hour'"
					+ " where subject_id = ? and lease is null and attempts > 0", UUID.fromString(id)) == 1);
		mail.answer(this.address, Step.MESSAGE);
		return id;
	}

	private static void makeAllDue() {
		database.update("update outbox set due_at = now()");
	}

	private static long queued() {
		return database.number("select count(*) from outbox where shard_id = ?", UUID.fromString(owner.account()));
	}

	private static JsonNode invitation(String id) {
		return owner.client().get(owner.path("/invitations/" + id)).json();
	}

	private static JsonNode delivery(String id) {
		return invitation(id).path("delivery");
	}

	private static List<String> attempts(String id) {
		return delivery(id).path("attempts")
			.valueStream()
			.map((attempt) -> attempt.path("attempt").asInt() + " " + attempt.path("outcome").asString() + " "
					+ attempt.path("code").asString("null") + " " + attempt.path("answer").asString())
			.toList();
	}

	private static void awaitStatus(String id, String status) {
		await().atMost(Duration.ofSeconds(15))
			.pollInterval(Duration.ofMillis(30))
			.until(() -> delivery(id).path("status").asString().equals(status));
	}

}
