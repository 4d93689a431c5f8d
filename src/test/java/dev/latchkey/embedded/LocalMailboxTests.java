package dev.latchkey.embedded;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mails to the local mailbox are built exactly like those to an SMTP server.
 */
class LocalMailboxTests {

	private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

	private final LocalMailbox mailbox = new LocalMailbox(InstantSource.fixed(NOW), UUID::randomUUID);

	private final Mailer mailer = MailerBuilder.withSMTPServer("localhost", 25)
		.withCustomMailer(this.mailbox)
		.buildMailer();

	@Test
	void keepsAMessageAsItWouldHaveBeenSent() {
		this.mailer.sendMail(email("Hëllo")).join();
		LocalMessage message = this.mailbox.messages().get(0);
		assertThat(message.receivedAt()).isEqualTo(NOW);
		assertThat(message.from()).isEqualTo("no-reply@example.com");
		assertThat(message.to()).isEqualTo("ann@example.com");
		assertThat(message.subject()).isEqualTo("Hëllo");
		assertThat(message.text()).isEqualTo("plain");
		assertThat(message.html()).isEqualTo("<p>rich</p>");
		assertThat(message.headers()).extracting(LocalMessage.Header::name)
			.contains("Date", "From", "To", "Message-Id", "Subject", "MIME-Version", "Content-Type", "Auto-Submitted");
		assertThat(message.headers()).contains(new LocalMessage.Header("Message-Id", "<one@example.com>"),
				new LocalMessage.Header("Subject", "=?UTF-8?Q?H=C3=ABllo?="));
		assertThat(this.mailbox.message(message.id())).contains(message);
		assertThat(this.mailbox.message(UUID.randomUUID())).isEmpty();
	}

	@Test
	void keepsTheLastTwoHundredNewestFirst() {
		for (int number = 1; number <= 203; number++) {
			this.mailer.sendMail(email("Mail " + number)).join();
		}
		assertThat(this.mailbox.messages()).hasSize(200);
		assertThat(this.mailbox.messages().get(0).subject()).isEqualTo("Mail 203");
		assertThat(this.mailbox.messages().get(199).subject()).isEqualTo("Mail 4");
	}

	@Test
	void aConnectionTestDoesNotConnect() {
		this.mailer.testConnection();
		assertThat(this.mailbox.messages()).isEmpty();
	}

	@Test
	void toStringContainsNoContent() {
		this.mailer.sendMail(email("Secret")).join();
		assertThat(this.mailbox.messages().toString()).doesNotContain("Secret", "plain", "ann@");
	}

	private static Email email(String subject) {
		return EmailBuilder.startingBlank()
			.from("Latchkey", "no-reply@example.com")
			.to("ann@example.com")
			.withSubject(subject)
			.withPlainText("plain")
			.withHTMLText("<p>rich</p>")
			.withHeader("Auto-Submitted", "auto-generated")
			.fixingMessageId("<one@example.com>")
			.buildEmail();
	}

}
