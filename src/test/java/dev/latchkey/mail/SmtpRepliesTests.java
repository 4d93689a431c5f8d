package dev.latchkey.mail;

import jakarta.mail.MessagingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the text of an SMTP reply is recorded. {@link SmtpMailSenderTests} covers the
 * meaning of the replies.
 */
class SmtpRepliesTests {

	@ParameterizedTest
	@CsvSource({ "550 5.1.1 <ann@example.com>: no such user, 550 5.1.1 <address> no such user",
			"452 ann@example.com is over quota, 452 <address> is over quota",
			"550 to=ann@a.example (bob@b.example), 550 <address> <address>",
			"250 2.0.0 queued as 1, 250 2.0.0 queued as 1" })
	void aReplyIsRecordedWithoutAddresses(String reply, String recorded) {
		assertThat(SmtpReplies.redacted(reply)).isEqualTo(recorded);
	}

	@Test
	void aReplyIsRecordedInOneShortLine() {
		assertThat(SmtpReplies.redacted("550-one\r\n550\ttwo\u0000\u0007 three\r\n"))
			.isEqualTo("550-one 550 two three");
		assertThat(SmtpReplies.redacted("x".repeat(5000))).hasSize(201).endsWith("x…");
		assertThat(SmtpReplies.redacted(null)).isEmpty();
	}

	@Test
	void otherErrorsAreRetried() {
		assertThat(SmtpReplies.outcome(new MessagingException("Could not connect")))
			.isEqualTo(new MailOutcome(MailOutcome.Verdict.RETRY, null, "Could not connect"));
		assertThat(SmtpReplies.outcome(new IllegalStateException("ann@example.com")))
			.isEqualTo(new MailOutcome(MailOutcome.Verdict.RETRY, null, "IllegalStateException"));
	}

}
