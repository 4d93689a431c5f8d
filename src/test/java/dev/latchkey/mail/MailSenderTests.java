package dev.latchkey.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import dev.latchkey.language.MessageBundles;
import dev.latchkey.mail.MailOutcome.Verdict;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Dialog;
import dev.latchkey.testing.ScriptedMailServer.Step;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.CustomMailer;
import org.simplejavamail.api.mailer.config.OperationalConfig;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One letter on its way to a mail server that does what it likes.
 */
class MailSenderTests {

	private static final UUID SHARD = UUID.fromString("018f0000-0000-7000-8000-000000000001");

	private static final UUID SUBJECT = UUID.fromString("018f0000-0000-7000-8000-000000000002");

	private static final String LINK = "https://portal.example/invitation#SECRET";

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	private final ScriptedMailServer server = ScriptedMailServer.start();

	private MailSender sender = sender(TransportStrategy.SMTP, null, Optional.empty());

	@BeforeEach
	void letterGoesWellUnlessToldOtherwise() {
		assertThat(this.server.dialogs()).isEmpty();
	}

	@AfterEach
	void close() {
		this.server.close();
		this.threads.shutdownNow();
	}

	@Nested
	class AReply {

		@ParameterizedTest
		@CsvSource({ "RCPT, 550 5.1.1 no such user, 550", "RCPT, 553 5.1.3 bad address, 553",
				"RCPT, 501 5.1.3 bad syntax, 501", "RCPT, 521 5.2.1 takes no mail, 521", "DATA, 554 5.7.1 no, 554",
				"MESSAGE, 552 5.3.4 too big, 552", "MESSAGE, 550 5.7.1 spam, 550", "MESSAGE, 554 5.6.0 no, 554" })
		void thatRefusesTheRecipientOrTheContentIsFinal(Step step, String reply, int code) {
			server.answer(step, reply);
			MailOutcome outcome = send(letter());
			assertThat(outcome).isEqualTo(new MailOutcome(Verdict.FAILED, code, reply));
		}

		@ParameterizedTest
		@CsvSource({ "RCPT, 450 4.2.1 busy, 450", "RCPT, 451 4.7.1 greylisted, 451", "RCPT, 452 4.2.2 full, 452",
				"DATA, 451 4.3.0 later, 451", "MESSAGE, 451 4.3.0 later, 451", "MESSAGE, 452 4.3.1 full, 452",
				"MAIL, 550 5.7.1 sender refused, 550", "MAIL, 530 5.7.0 sign in, 530", "MAIL, 451 4.3.0 later, 451" })
		void thatIsTemporaryOrAboutOurselvesIsNotFinal(Step step, String reply, int code) {
			server.answer(step, reply);
			MailOutcome outcome = send(letter());
			assertThat(outcome).isEqualTo(new MailOutcome(Verdict.RETRY, code, reply));
		}

		@ParameterizedTest
		@CsvSource({ "GREETING, 421 4.3.2 shutting down", "GREETING, 554 5.3.2 go away", "EHLO, drop", "GREETING, drop",
				"MAIL, drop", "RCPT, drop", "DATA, drop", "MESSAGE, drop" })
		void thatEndsTheConversationIsNotFinal(Step step, String reply) {
			server.answer(step, reply, reply);
			assertThat(send(letter()).verdict()).isEqualTo(Verdict.RETRY);
		}

		@ParameterizedTest
		@CsvSource({ "GREETING", "EHLO", "MAIL", "RCPT", "DATA", "MESSAGE" })
		void thatNeverComesIsNotFinalAndIsNotWaitedForLong(Step step) {
			server.answer(step, ScriptedMailServer.HANG);
			assertThat(send(letter()).verdict()).isEqualTo(Verdict.RETRY);
		}

		@Test
		void isKeptWithoutAddresses() {
			server.answer(Step.RCPT, "550-5.1.1 <ann@example.com>:\r\n550 5.1.1 no ann@example.com here");
			assertThat(send(letter()).reply()).doesNotContain("@").contains("5.1.1").contains("here");
		}

		@Test
		void thatTakesTheMailCountsWhateverHappensAfterwards() {
			server.answer(Step.QUIT, ScriptedMailServer.DROP);
			assertThat(send(letter())).isEqualTo(new MailOutcome(Verdict.SENT, 250, "250 2.0.0 queued as 1"));
		}

		@Test
		void toOurPasswordIsNotFinal() {
			sender = sender(TransportStrategy.SMTP, "relay", Optional.empty());
			server.answer(Step.AUTH, "535 5.7.8 no", "535 5.7.8 no", "535 5.7.8 no");
			MailOutcome refused = send(letter());
			assertThat(refused.verdict()).isEqualTo(Verdict.RETRY);
			assertThat(refused.reply()).contains("535");
			assertThat(server.dialogs().get(0).commands("MAIL")).isEmpty();
		}

	}

	@Nested
	class AServer {

		@Test
		void withoutTlsGetsNothingWhereTlsIsDemanded() {
			sender = sender(TransportStrategy.SMTP_TLS, "relay", Optional.empty());
			assertThat(send(letter()).verdict()).isEqualTo(Verdict.RETRY);
			Dialog dialog = server.dialogs().get(0);
			assertThat(dialog.commands("MAIL")).isEmpty();
			assertThat(dialog.commands("AUTH")).isEmpty();
		}

		@Test
		void thatIsNotThereIsNotFinal() {
			server.close();
			assertThat(send(letter()).verdict()).isEqualTo(Verdict.RETRY);
		}

	}

	@Nested
	class AMessage {

		@Test
		void hasExactlyOneRecipientAndOneSender() {
			assertThat(send(letter()).verdict()).isEqualTo(Verdict.SENT);
			Dialog dialog = server.dialogs().get(0);
			assertThat(dialog.commands("RCPT")).hasSize(1)
				.allMatch((command) -> command.startsWith("RCPT TO:<ann@example.com>"));
			assertThat(dialog.commands("MAIL")).hasSize(1)
				.allMatch((command) -> command.startsWith("MAIL FROM:<no-reply@portal.example>"));
		}

		@Test
		void hasTheTemplatesHeadersOnly() throws MessagingException {
			send(letter());
			assertThat(Collections.list(message().getAllHeaders()))
				.extracting((header) -> header.getName().toLowerCase(Locale.ROOT))
				.containsExactlyInAnyOrder("date", "from", "reply-to", "to", "message-id", "subject", "mime-version",
						"content-type", "auto-submitted");
		}

		/**
		 * One Message-ID over all attempts and replicas lets a mailbox drop the second
		 * copy.
		 */
		@Test
		void hasTheSameIdInEveryAttempt() throws MessagingException {
			server.answer(Step.MESSAGE, "451 4.3.0 later");
			send(letter(), 1);
			String first = message().getMessageID();
			sender = sender(TransportStrategy.SMTP, null, Optional.empty());
			send(letter(), 2);
			assertThat(message().getMessageID()).isEqualTo(first)
				.isEqualTo("<invitation." + SUBJECT + ".3@portal.example>");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Zoë & Søns <GmbH>", "李小龍", "=?UTF-8?Q?x?=", "\"quoted\", and more" })
		void hasExactlyTheSubjectItWasGiven(String account) throws MessagingException {
			for (String name : List.of(account, account.repeat(8))) {
				String subject = name + " has invited you to their account";
				send(letter(subject, name));
				assertThat(message().getSubject().replace("\u2060", "")).isEqualTo(subject);
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "a\r\nBcc: evil@evil.example", "a\nBcc: evil@evil.example",
				"a\rBcc: evil@evil.example", "a\u010A\u010DBcc: evil@evil.example" })
		void getsNoHeaderFromItsSubject(String subject) {
			send(letter(subject, "x"));
			for (Dialog dialog : server.dialogs()) {
				assertThat(dialog.commands("RCPT")).hasSizeLessThanOrEqualTo(1);
				assertThat(dialog.message().lines()).noneMatch((line) -> line.startsWith("Bcc"));
			}
		}

		@Test
		void hasOneLinkAndNoMarkupOfStrangers() {
			send(letter("x", "<b onclick=x>\"Evil\" & 'Co'</b><a href=//evil>"));
			String html = ParsedMail.part(message(), "text/html");
			assertThat(html).contains("href=\"" + LINK + "\"").doesNotContain("<b ", "<a href=//");
			assertThat(html).containsOnlyOnce("href=\"").containsOnlyOnce("http").doesNotContain("src=");
			String text = ParsedMail.part(message(), "text/plain");
			assertThat(text).contains("<b onclick=x>\"Evil\" & 'Co'</b>")
				.containsOnlyOnce(LINK)
				.containsOnlyOnce("http");
		}

		@Test
		void isNotSentToAnAddressThatHidesALineEnd() {
			EmailAddress crooked = new EmailAddress("ann\u010D\u010A@example.com", "ann@example.com");
			MailMessage letter = new MailMessage(crooked, "x", "invitation", Locale.ENGLISH, model("x"));
			assertThat(send(letter).verdict()).isEqualTo(Verdict.RETRY);
			assertThat(server.dialogs()).isEmpty();
		}

		@Test
		void looksTheSameInTheLocalMailbox() {
			send(letter());
			String smtp = server.dialogs().get(0).message();
			AtomicReference<String> kept = new AtomicReference<>("");
			sender = sender(TransportStrategy.SMTP, null, Optional.of(keeping(kept)));
			send(letter());
			assertThat(comparable(Objects.requireNonNull(kept.get()))).isEqualTo(comparable(smtp)).contains("SECRET");
		}

	}

	private MailOutcome send(MailMessage letter) {
		return send(letter, 1);
	}

	private MailOutcome send(MailMessage letter, int attempt) {
		QueuedMail order = new QueuedMail(SHARD, UUID.randomUUID(), "invitation", SUBJECT, 3, attempt);
		return Objects
			.requireNonNull(this.sender.send(order, letter, new DeliveryGate()).block(Duration.ofSeconds(10)));
	}

	private MimeMessage message() {
		List<Dialog> dialogs = this.server.dialogs();
		return ParsedMail.parse(dialogs.get(dialogs.size() - 1).message());
	}

	private static MailMessage letter() {
		return letter("Acme has invited you to their account", "Acme");
	}

	private static MailMessage letter(String subject, String account) {
		return new MailMessage(EmailAddress.of("ann@example.com"), subject, "invitation", Locale.ENGLISH,
				model(account));
	}

	private static Map<String, Object> model(String account) {
		return Map.of("link", LINK, "account", account, "inviter", account, "permissions", List.of("View Domains"),
				"expiresAt", Instant.parse("2026-05-11T10:00:00Z"));
	}

	/**
	 * Without what differs from one sending to the next.
	 */
	private static String comparable(String message) {
		return message.replaceAll("(?m)^Date: .*$", "Date")
			.replaceAll("----=_Part_[0-9_.]+", "boundary")
			.replaceAll("\r?\n", "\n")
			.strip();
	}

	private MailSender sender(TransportStrategy transport, @Nullable String username, Optional<CustomMailer> mailbox) {
		MailProperties properties = new MailProperties(mailbox.isPresent() ? null : "127.0.0.1", this.server.port(),
				username, (username != null) ? "secret" : null, transport, "no-reply@portal.example", "Portal",
				"help@portal.example", 2, Duration.ofMillis(1500), Duration.ofSeconds(5),
				List.of(Duration.ofMillis(10)), Duration.ofSeconds(1), 10);
		return new MailSender(new MailConfiguration().mailer(properties, mailbox, this.threads),
				new MailTemplates(MessageBundles.read(), "Latchkey"), properties,
				Schedulers.fromExecutor(this.threads));
	}

	private static CustomMailer keeping(AtomicReference<String> kept) {
		return new CustomMailer() {
			@Override
			public void testConnection(OperationalConfig config, Session session) {
				throw new IllegalStateException("nothing to test");
			}

			@Override
			public void sendMessage(OperationalConfig config, Session session, Email email, MimeMessage message) {
				try {
					ByteArrayOutputStream bytes = new ByteArrayOutputStream();
					message.writeTo(bytes);
					kept.set(bytes.toString(StandardCharsets.ISO_8859_1));
				}
				catch (IOException | MessagingException ex) {
					throw new IllegalStateException(ex);
				}
			}
		};
	}

}
