package dev.latchkey.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
import dev.latchkey.outage.OutageLog;
import dev.latchkey.outage.Outages;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ScriptedMailServer.Dialog;
import dev.latchkey.testing.ScriptedMailServer.Step;
import dev.latchkey.testing.ServiceTest;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.CustomMailer;
import org.simplejavamail.api.mailer.config.OperationalConfig;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends single messages to a mail server with scripted replies.
 */
@ServiceTest
class SmtpMailSenderTests {

	private static final UUID SHARD = UUID.fromString("018f0000-0000-7000-8000-000000000001");

	private static final UUID SUBJECT = UUID.fromString("018f0000-0000-7000-8000-000000000002");

	private static final String LINK = "https://portal.example/invitation#SECRET";

	private static final LoggingSystem LOGGING = LoggingSystem.get(SmtpMailSenderTests.class.getClassLoader());

	private final ExecutorService executor = Executors.newFixedThreadPool(2);

	private final ScriptedMailServer server = ScriptedMailServer.start();

	private final OutageLog serverLog = new Outages(InstantSource.system()).of("Sending mail");

	private SmtpMailSender sender = sender(TransportStrategy.SMTP, null, Optional.empty());

	/** The services of other tests in this JVM log nothing below a warning. */
	@BeforeAll
	static void logRecoveries() {
		LOGGING.setLogLevel(OutageLog.class.getName(), LogLevel.INFO);
	}

	@AfterAll
	static void resetLogLevel() {
		LOGGING.setLogLevel(OutageLog.class.getName(), null);
	}

	@BeforeEach
	void serverHasNoSessions() {
		assertThat(this.server.dialogs()).isEmpty();
	}

	@AfterEach
	void close() {
		this.server.close();
		this.executor.shutdownNow();
	}

	@Nested
	class Replies {

		@ParameterizedTest
		@CsvSource({ "RCPT, 550 5.1.1 no such user, 550", "RCPT, 553 5.1.3 bad address, 553",
				"RCPT, 501 5.1.3 bad syntax, 501", "RCPT, 521 5.2.1 takes no mail, 521", "DATA, 554 5.7.1 no, 554",
				"MESSAGE, 552 5.3.4 too big, 552", "MESSAGE, 550 5.7.1 spam, 550", "MESSAGE, 554 5.6.0 no, 554" })
		void thatRefuseTheRecipientOrTheContentAreFinal(Step step, String reply, int code) {
			server.answer(step, reply);
			MailOutcome outcome = send(message());
			assertThat(outcome).isEqualTo(new MailOutcome(Verdict.FAILED, code, reply));
		}

		@ParameterizedTest
		@CsvSource({ "RCPT, 450 4.2.1 busy, 450", "RCPT, 451 4.7.1 greylisted, 451", "RCPT, 452 4.2.2 full, 452",
				"DATA, 451 4.3.0 later, 451", "MESSAGE, 451 4.3.0 later, 451", "MESSAGE, 452 4.3.1 full, 452",
				"MAIL, 550 5.7.1 sender refused, 550", "MAIL, 530 5.7.0 sign in, 530", "MAIL, 451 4.3.0 later, 451" })
		void thatAreTemporaryOrRefuseTheSenderAreNotFinal(Step step, String reply, int code) {
			server.answer(step, reply);
			MailOutcome outcome = send(message());
			assertThat(outcome).isEqualTo(new MailOutcome(Verdict.RETRY, code, reply));
		}

		@ParameterizedTest
		@CsvSource({ "GREETING, 421 4.3.2 shutting down", "GREETING, 554 5.3.2 go away", "EHLO, drop", "GREETING, drop",
				"MAIL, drop", "RCPT, drop", "DATA, drop", "MESSAGE, drop" })
		void thatEndTheSessionAreNotFinal(Step step, String reply) {
			server.answer(step, reply, reply);
			assertThat(send(message()).verdict()).isEqualTo(Verdict.RETRY);
		}

		@ParameterizedTest
		@CsvSource({ "GREETING", "EHLO", "MAIL", "RCPT", "DATA", "MESSAGE" })
		void thatNeverArriveAreNotFinal(Step step) {
			server.answer(step, ScriptedMailServer.HANG);
			assertThat(send(message()).verdict()).isEqualTo(Verdict.RETRY);
		}

		@Test
		void areRecordedWithoutAddresses() {
			server.answer(Step.RCPT, "550-5.1.1 <ann@example.com>:\r\n550 5.1.1 no ann@example.com here");
			assertThat(send(message()).reply()).doesNotContain("@").contains("5.1.1").contains("here");
		}

		@Test
		void thatAcceptTheMessageAreFinalEvenIfTheConnectionIsLostLater() {
			server.answer(Step.QUIT, ScriptedMailServer.DROP);
			assertThat(send(message())).isEqualTo(new MailOutcome(Verdict.SENT, 250, "250 2.0.0 queued as 1"));
		}

		@Test
		void thatRefuseThePasswordAreNotFinal() {
			sender = sender(TransportStrategy.SMTP, "relay", Optional.empty());
			server.answer(Step.AUTH, "535 5.7.8 no", "535 5.7.8 no", "535 5.7.8 no");
			MailOutcome refused = send(message());
			assertThat(refused.verdict()).isEqualTo(Verdict.RETRY);
			assertThat(refused.reply()).contains("535");
			assertThat(server.dialogs().get(0).commands("MAIL")).isEmpty();
		}

	}

	@Nested
	class Servers {

		@Test
		void withoutTlsGetNothingIfTlsIsRequired() {
			sender = sender(TransportStrategy.SMTP_TLS, "relay", Optional.empty());
			assertThat(send(message()).verdict()).isEqualTo(Verdict.RETRY);
			Dialog dialog = server.dialogs().get(0);
			assertThat(dialog.commands("MAIL")).isEmpty();
			assertThat(dialog.commands("AUTH")).isEmpty();
		}

		@Test
		void thatAreUnreachableAreRetried() {
			server.close();
			assertThat(send(message()).verdict()).isEqualTo(Verdict.RETRY);
		}

	}

	@Nested
	@ExtendWith(OutputCaptureExtension.class)
	class ServerLog {

		private static final Map<String, String> CAUSES = Map.of(ScriptedMailServer.DROP,
				"Sending mail fails: the server has closed the connection", ScriptedMailServer.HANG,
				"Sending mail fails: No reply within the send timeout");

		@ParameterizedTest
		@CsvSource({ "RCPT, 550 5.1.1 no such user", "RCPT, 452 4.2.2 full", "RCPT, 451 4.7.1 greylisted",
				"RCPT, 450 later", "DATA, 554 5.7.1 spam", "MESSAGE, 552 5.3.4 too big",
				"MESSAGE, 451 4.7.1 greylisted" })
		void aRefusedRecipientOrMessageIsNoOutage(Step step, String reply, CapturedOutput log) {
			server.answer(step, reply);
			send(message());
			assertThat(log).doesNotContain("Sending mail");
		}

		@ParameterizedTest
		@CsvSource({ "GREETING, 421 4.3.2 shutting down", "EHLO, drop", "MAIL, 550 5.7.1 sender refused",
				"MAIL, 530 5.7.0 sign in", "RCPT, 554 5.7.1 relay access denied", "RCPT, 421 4.7.0 too many",
				"RCPT, 553 5.1.8 sender domain not found", "RCPT, 452 4.3.1 disk full", "DATA, 451 4.3.0 later",
				"MESSAGE, 452 no storage", "MESSAGE, drop", "RCPT, hang" })
		void aServerThatAcceptsNoMailIsAnOutageUntilItDoes(Step step, String reply, CapturedOutput log) {
			server.answer(step, reply, reply);
			send(message());
			send(message());
			assertThat(log).containsOnlyOnce("Sending mail fails: ");
			assertThat(log).contains(CAUSES.getOrDefault(reply, reply));
			send(message());
			assertThat(log).containsOnlyOnce("Sending mail works again after ").contains("(2 attempts failed)");
		}

		@Test
		void aServerThatRefusesARecipientWorksAgain(CapturedOutput log) {
			server.answer(Step.MAIL, "451 4.3.0 later");
			send(message());
			server.answer(Step.RCPT, "550 5.1.1 no such user");
			send(message());
			assertThat(log).containsOnlyOnce("Sending mail works again after 0 s (1 attempt failed)");
		}

		@Test
		void theCauseContainsNoAddress(CapturedOutput log) {
			server.answer(Step.MAIL, "550 5.7.1 no-reply@portal.example is not allowed for ann@example.com");
			send(message());
			assertThat(log).containsOnlyOnce("Sending mail fails: 550 5.7.1 <address> is not allowed for <address>");
		}

	}

	@Nested
	@ExtendWith(OutputCaptureExtension.class)
	class CheckAtTheStart {

		@Test
		void sendsNoMail(CapturedOutput log) {
			check("127.0.0.1", TransportStrategy.SMTP, "relay");
			Dialog dialog = server.dialogs().get(0);
			assertThat(dialog.commands("AUTH")).hasSize(1);
			assertThat(dialog.commands("MAIL")).isEmpty();
			assertThat(log).doesNotContain("Sending mail");
		}

		@Test
		void namesAnUnknownHost(CapturedOutput log) {
			check("mail.invalid", TransportStrategy.SMTP, null);
			assertThat(log).containsOnlyOnce("Sending mail fails: ").contains("UnknownHostException");
		}

		@Test
		void namesARefusedConnection(CapturedOutput log) {
			server.close();
			check("127.0.0.1", TransportStrategy.SMTP, null);
			assertThat(log).containsOnlyOnce("Sending mail fails: ").contains("Connection refused");
		}

		@Test
		void namesMissingTls(CapturedOutput log) {
			check("127.0.0.1", TransportStrategy.SMTP_TLS, null);
			assertThat(log).containsOnlyOnce("Sending mail fails: STARTTLS is required");
		}

		@Test
		void namesAServerWithoutTls(CapturedOutput log) {
			check("127.0.0.1", TransportStrategy.SMTPS, null);
			assertThat(log).containsOnlyOnce("Sending mail fails: ").contains("SSLException");
		}

		@Test
		void namesRefusedCredentialsWithoutThePassword(CapturedOutput log) {
			server.answer(Step.AUTH, "535 5.7.8 no", "535 5.7.8 no", "535 5.7.8 no");
			check("127.0.0.1", TransportStrategy.SMTP, "relay");
			assertThat(log).containsOnlyOnce("Sending mail fails: 535 5.7.8 no").doesNotContain("secret");
		}

		@Test
		void endsAtTheSendTimeout(CapturedOutput log) {
			server.answer(Step.GREETING, ScriptedMailServer.HANG);
			check("127.0.0.1", TransportStrategy.SMTP, null);
			assertThat(log).containsOnlyOnce("Sending mail fails: ");
		}

		private void check(String host, TransportStrategy transport, @Nullable String username) {
			MailProperties properties = properties(host, transport, username);
			Session session = new MailConfiguration().mailer(properties, Optional.empty(), executor).getSession();
			new MailServerCheck(session, properties, Schedulers.fromExecutor(executor), serverLog).check()
				.block(Duration.ofSeconds(10));
		}

	}

	@Nested
	class Messages {

		@Test
		void haveExactlyOneRecipientAndOneSender() {
			assertThat(send(message()).verdict()).isEqualTo(Verdict.SENT);
			Dialog dialog = server.dialogs().get(0);
			assertThat(dialog.commands("RCPT")).hasSize(1)
				.allMatch((command) -> command.startsWith("RCPT TO:<ann@example.com>"));
			assertThat(dialog.commands("MAIL")).hasSize(1)
				.allMatch((command) -> command.startsWith("MAIL FROM:<no-reply@portal.example>"));
		}

		@Test
		void areSentToTheAsciiFormOfTheDomain() throws MessagingException {
			EmailAddress address = EmailAddress.of("Ann@ex\u00e4mple.org");
			MailMessage message = new MailMessage(address, "x", "invitation", Locale.ENGLISH, model("x"));
			assertThat(send(message).verdict()).isEqualTo(Verdict.SENT);
			assertThat(server.dialogs().get(0).commands("RCPT")).hasSize(1)
				.allMatch((command) -> command.startsWith("RCPT TO:<Ann@xn--exmple-cua.org>"));
			assertThat(lastReceived().getHeader("To")).containsExactly("Ann@xn--exmple-cua.org");
		}

		@Test
		void haveNoOtherHeaders() throws MessagingException {
			send(message());
			assertThat(Collections.list(lastReceived().getAllHeaders()))
				.extracting((header) -> header.getName().toLowerCase(Locale.ROOT))
				.containsExactlyInAnyOrder("date", "from", "reply-to", "to", "message-id", "subject", "mime-version",
						"content-type", "auto-submitted");
		}

		/**
		 * All attempts of all replicas use the same Message-ID, so that a mailbox can
		 * discard a second copy.
		 */
		@Test
		void haveTheSameIdInEveryAttempt() throws MessagingException {
			server.answer(Step.MESSAGE, "451 4.3.0 later");
			send(message(), 1);
			String first = lastReceived().getMessageID();
			sender = sender(TransportStrategy.SMTP, null, Optional.empty());
			send(message(), 2);
			assertThat(lastReceived().getMessageID()).isEqualTo(first)
				.isEqualTo("<invitation." + SUBJECT + ".3@portal.example>");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Zoë & Søns <GmbH>", "李小龍", "=?UTF-8?Q?x?=", "\"quoted\", and more" })
		void keepTheirSubject(String account) throws MessagingException {
			for (String name : List.of(account, account.repeat(8))) {
				String subject = name + " has invited you to their account";
				send(message(subject, name));
				assertThat(lastReceived().getSubject().replace("\u2060", "")).isEqualTo(subject);
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "a\r\nBcc: evil@evil.example", "a\nBcc: evil@evil.example",
				"a\rBcc: evil@evil.example", "a\u010A\u010DBcc: evil@evil.example" })
		void getNoHeaderFromTheirSubject(String subject) {
			send(message(subject, "x"));
			for (Dialog dialog : server.dialogs()) {
				assertThat(dialog.commands("RCPT")).hasSizeLessThanOrEqualTo(1);
				assertThat(dialog.message().lines()).noneMatch((line) -> line.startsWith("Bcc"));
			}
		}

		@Test
		void haveOneLinkAndNoMarkupFromNames() {
			send(message("x", "<b onclick=x>\"Evil\" & 'Co'</b><a href=//evil>"));
			String html = ParsedMail.part(lastReceived(), "text/html");
			assertThat(html).contains("href=\"" + LINK + "\"").doesNotContain("<b ", "<a href=//");
			assertThat(html).containsOnlyOnce("href=\"").containsOnlyOnce("http").doesNotContain("src=");
			String text = ParsedMail.part(lastReceived(), "text/plain");
			assertThat(text).contains("<b onclick=x>\"Evil\" & 'Co'</b>")
				.containsOnlyOnce(LINK)
				.containsOnlyOnce("http");
		}

		@Test
		void areNotSentToAnAddressWithAHiddenLineBreak() {
			EmailAddress address = new EmailAddress("ann\u010D\u010A@example.com", "ann@example.com");
			MailMessage message = new MailMessage(address, "x", "invitation", Locale.ENGLISH, model("x"));
			assertThat(send(message).verdict()).isEqualTo(Verdict.RETRY);
			assertThat(server.dialogs()).isEmpty();
		}

		@Test
		void areTheSameInTheLocalMailbox() {
			send(message());
			String smtp = server.dialogs().get(0).message();
			AtomicReference<String> stored = new AtomicReference<>("");
			sender = sender(TransportStrategy.SMTP, null, Optional.of(storingIn(stored)));
			send(message());
			assertThat(comparable(Objects.requireNonNull(stored.get()))).isEqualTo(comparable(smtp)).contains("SECRET");
		}

	}

	private MailOutcome send(MailMessage message) {
		return send(message, 1);
	}

	private MailOutcome send(MailMessage message, int attempt) {
		QueuedMail mail = new QueuedMail(SHARD, UUID.randomUUID(), "invitation", SUBJECT, 3, attempt);
		return Objects
			.requireNonNull(this.sender.send(mail, message, new DeliveryGate()).block(Duration.ofSeconds(10)));
	}

	private MimeMessage lastReceived() {
		List<Dialog> dialogs = this.server.dialogs();
		return ParsedMail.parse(dialogs.get(dialogs.size() - 1).message());
	}

	private static MailMessage message() {
		return message("Acme has invited you to their account", "Acme");
	}

	private static MailMessage message(String subject, String account) {
		return new MailMessage(EmailAddress.of("ann@example.com"), subject, "invitation", Locale.ENGLISH,
				model(account));
	}

	private static Map<String, Object> model(String account) {
		return Map.of("link", LINK, "account", account, "inviter", account, "permissions", List.of("View Domains"),
				"expiresAt", Instant.parse("2026-05-11T10:00:00Z"));
	}

	/**
	 * Removes the parts that differ in each transmission.
	 */
	private static String comparable(String message) {
		return message.replaceAll("(?m)^Date: .*$", "Date")
			.replaceAll("----=_Part_[0-9_.]+", "boundary")
			.replaceAll("\r?\n", "\n")
			.strip();
	}

	private SmtpMailSender sender(TransportStrategy transport, @Nullable String username,
			Optional<CustomMailer> mailbox) {
		MailProperties properties = properties(mailbox.isPresent() ? null : "127.0.0.1", transport, username);
		return new SmtpMailSender(new MailConfiguration().mailer(properties, mailbox, this.executor),
				new MailTemplates(MessageBundles.read(), "Latchkey"), properties,
				Schedulers.fromExecutor(this.executor), this.serverLog);
	}

	private MailProperties properties(@Nullable String host, TransportStrategy transport, @Nullable String username) {
		return new MailProperties(host, this.server.port(), username, (username != null) ? "secret" : null, transport,
				"no-reply@portal.example", "Portal", "help@portal.example", 2, Duration.ofMillis(1500),
				Duration.ofSeconds(5), List.of(Duration.ofMillis(10)), Duration.ofSeconds(1), 10);
	}

	private static CustomMailer storingIn(AtomicReference<String> stored) {
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
					stored.set(bytes.toString(StandardCharsets.ISO_8859_1));
				}
				catch (IOException | MessagingException ex) {
					throw new IllegalStateException(ex);
				}
			}
		};
	}

}
