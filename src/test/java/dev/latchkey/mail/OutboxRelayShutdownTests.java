package dev.latchkey.mail;

import java.time.Duration;
import java.util.Map;

import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.Service;
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
 * A mail whose replica goes away in the middle of its conversation goes out once.
 */
class OutboxRelayShutdownTests {

	private final TestDatabase database = TestDatabase.create();

	private final String address = TestUsers.anAddress();

	private ScriptedMailServer mail;

	private Service leaving;

	@BeforeEach
	void start() {
		this.mail = ScriptedMailServer.start();
		this.leaving = replica();
	}

	@AfterEach
	void stop() {
		this.leaving.close();
		this.mail.close();
	}

	/**
	 * The first replica can't finish it, so the second does, as soon as it looks and not
	 * when the lease of a minute is over. The attempt that gave nothing away is none.
	 */
	@ParameterizedTest
	@EnumSource(names = { "GREETING", "MAIL", "RCPT" })
	void isHandedBackWhenNothingWasGiven(Step step) {
		this.mail.answer(step, ScriptedMailServer.HANG);
		Owner owner = invite();
		await().until(() -> this.mail.dialogs().size() == 1);
		this.leaving.close();
		assertThat(outbox()).containsEntry("attempts", 0).containsEntry("due", true).containsEntry("lease", null);
		try (Service staying = replica()) {
			await().atMost(Duration.ofSeconds(5)).until(() -> sent() == 1);
			assertThat(this.mail.dialogs().stream().filter((dialog) -> !dialog.message().isEmpty())).hasSize(1);
			assertThat(owner.client().at(staying).get(owner.path("/invitations")).text()).contains("\"sent\"");
			assertThat(this.database.rows("select attempt, outcome from mail_attempt"))
				.containsExactly(Map.of("attempt", 1, "outcome", "SENT"));
		}
	}

	/**
	 * The server may have taken it: only the lease may run out over it.
	 */
	@ParameterizedTest
	@EnumSource(names = { "DATA", "MESSAGE" })
	void isKeptWhenItWasGiven(Step step) {
		this.mail.answer(this.address, step, ScriptedMailServer.HANG);
		invite();
		await().until(() -> this.mail.dialogsWith(this.address)
			.stream()
			.anyMatch((dialog) -> !dialog.commands("DATA").isEmpty()));
		this.leaving.close();
		assertThat(outbox()).containsEntry("attempts", 1)
			.containsEntry("due", false)
			.doesNotContainEntry("lease", null);
	}

	/**
	 * The server answers when the mail was handed back already, and this process is still
	 * there: too late.
	 */
	@Test
	void isNotGivenByTheFirstWhenTheSecondHasIt() {
		this.mail.answer(Step.RCPT, ScriptedMailServer.late(Duration.ofSeconds(3)));
		invite();
		await().until(() -> this.mail.dialogsWith(this.address).size() == 1);
		this.leaving.close();
		Service staying = replica();
		try {
			await().atMost(Duration.ofSeconds(5)).until(() -> sent() == 1);
			ScriptedMailServer.Dialog first = this.mail.dialogs().get(0);
			await().until(() -> !first.commands("QUIT").isEmpty() || !first.commands("(lost)").isEmpty());
			assertThat(first.commands("DATA")).isEmpty();
		}
		finally {
			staying.close();
		}
	}

	/**
	 * What can be finished is: the conversation has just gone quiet for a while.
	 */
	@Test
	void isFinishedWhenThereIsTime() {
		this.mail.answer(this.address, Step.RCPT, ScriptedMailServer.late(Duration.ofMillis(500)));
		invite();
		await().until(() -> this.mail.dialogsWith(this.address).size() == 1);
		this.leaving.close();
		assertThat(sent()).isOne();
		assertThat(this.database.number("select count(*) from outbox")).isZero();
		assertThat(this.mail.dialogs()).hasSize(1);
	}

	private Owner invite() {
		Owner owner = new TestUsers(this.leaving).anOwner();
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
