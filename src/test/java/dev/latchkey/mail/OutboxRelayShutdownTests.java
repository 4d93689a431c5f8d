package dev.latchkey.mail;

import java.time.Duration;
import java.util.Map;

import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A mail whose replica shuts down during the SMTP session is sent once.
 */
@ServiceTest
class OutboxRelayShutdownTests {

	private final TestDatabase database = TestDatabase.create();

	private final String address = TestUsers.anAddress();

	private ScriptedMailServer mail;

	private Service stopping;

	@BeforeEach
	void start() {
		this.mail = ScriptedMailServer.start();
		this.stopping = replica();
		this.mail.awaitConnectionCheck();
	}

	@AfterEach
	void stop() {
		this.stopping.close();
		this.mail.close();
	}

	/**
	 * The first replica can't complete the session, so the second one sends the mail at
	 * its next poll, without waiting for the lease of a minute to end. The cancelled
	 * attempt is not counted.
	 */
	@ParameterizedTest
	@EnumSource(names = { "GREETING", "MAIL", "RCPT" })
	void isReleasedIfTheMessageWasNotTransmitted(Step step) {
		this.mail.answer(step, ScriptedMailServer.HANG);
		Owner owner = invite();
		await().until(() -> this.mail.dialogs().size() == 1);
		this.stopping.close();
		assertThat(outbox()).containsEntry("attempts", 0).containsEntry("due", true).containsEntry("lease", null);
		assertThat(this.database.number("select sum(mails) from mailbox_quota")).isZero();
		try (Service other = replica()) {
			await().atMost(Duration.ofSeconds(5)).until(() -> sent() == 1);
			assertThat(this.mail.dialogs().stream().filter((dialog) -> !dialog.message().isEmpty())).hasSize(1);
			assertThat(owner.client().at(other).get(owner.path("/invitations")).text()).contains("\"sent\"");
			assertThat(this.database.rows("select attempt, outcome from mail_attempt"))
				.containsExactly(Map.of("attempt", 1, "outcome", "SENT"));
		}
	}

	/**
	 * The server may have accepted the message, so the mail keeps its lease.
	 */
	@ParameterizedTest
	@EnumSource(names = { "DATA", "MESSAGE" })
	void keepsItsLeaseIfTheMessageWasTransmitted(Step step) {
		this.mail.answer(this.address, step, ScriptedMailServer.HANG);
		invite();
		await().until(() -> this.mail.dialogsWith(this.address)
			.stream()
			.anyMatch((dialog) -> !dialog.commands("DATA").isEmpty()));
		this.stopping.close();
		assertThat(outbox()).containsEntry("attempts", 1)
			.containsEntry("due", false)
			.doesNotContainEntry("lease", null);
	}

	/**
	 * The server replies after the mail was released, while the first replica still runs.
	 */
	@Test
	void isNotTransmittedByTheFirstReplicaAfterItsRelease() {
		this.mail.answer(Step.RCPT, ScriptedMailServer.late(Duration.ofSeconds(3)));
		invite();
		await().until(() -> this.mail.dialogsWith(this.address).size() == 1);
		this.stopping.close();
		Service other = replica();
		try {
			await().atMost(Duration.ofSeconds(5)).until(() -> sent() == 1);
			ScriptedMailServer.Dialog first = this.mail.dialogs().get(0);
			await().until(() -> !first.commands("QUIT").isEmpty() || !first.commands("(lost)").isEmpty());
			assertThat(first.commands("DATA")).isEmpty();
		}
		finally {
			other.close();
		}
	}

	/**
	 * The server only pauses, so the session can be completed in time.
	 */
	@Test
	void isCompletedIfThereIsTime() {
		this.mail.answer(this.address, Step.RCPT, ScriptedMailServer.late(Duration.ofMillis(500)));
		invite();
		await().until(() -> this.mail.dialogsWith(this.address).size() == 1);
		this.stopping.close();
		assertThat(sent()).isOne();
		assertThat(this.database.number("select count(*) from outbox")).isZero();
		assertThat(this.mail.dialogs()).hasSize(1);
	}

	private Owner invite() {
		Owner owner = new TestUsers(this.stopping).anOwner();
		assertThat(owner.invite(this.address, "invoices").status()).isEqualTo(201);
		return owner;
	}

	private Map<String, Object> outbox() {
		return this.database.rows("select attempts, due_at <= now() as due, lease from outbox").get(0);
	}

	private long sent() {
		return this.database.number("select count(*) from account_event where type = 'invitation.sent'");
	}

	private Service replica() {
		return Service.on(this.database)
			.set("latchkey.mail.host", "127.0.0.1")
			.set("latchkey.mail.port", Integer.toString(this.mail.port()))
			.set("latchkey.mail.transport", "SMTP")
			.set("latchkey.shutdown.timeout", "5s")
			.set("latchkey.shutdown.close-window", "0s")
			.withOwnEventLoops()
			.start();
	}

}
