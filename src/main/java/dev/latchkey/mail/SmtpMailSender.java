package dev.latchkey.mail;

import java.util.concurrent.CompletionException;

import dev.latchkey.outage.OutageLog;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.simplejavamail.MailException;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.email.EmailPopulatingBuilder;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.converter.EmailConverter;
import org.simplejavamail.email.EmailBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Sends one message with Simple Java Mail, on the mail threads. It sets all headers
 * itself; the only one with text that a user chose is the subject, which is encoded.
 */
class SmtpMailSender implements MailSender {

	private static final Logger logger = LoggerFactory.getLogger(SmtpMailSender.class);

	private final Mailer mailer;

	private final Session session;

	private final MailTemplates templates;

	private final MailProperties properties;

	private final Scheduler scheduler;

	private final OutageLog serverLog;

	/**
	 * Creates the sender.
	 * @param serverLog records whether the mail server works
	 */
	SmtpMailSender(Mailer mailer, MailTemplates templates, MailProperties properties, Scheduler scheduler,
			OutageLog serverLog) {
		this.mailer = mailer;
		this.session = mailer.getSession();
		this.templates = templates;
		this.properties = properties;
		this.scheduler = scheduler;
		this.serverLog = serverLog;
	}

	@Override
	public Mono<MailOutcome> send(QueuedMail mail, MailMessage message, DeliveryGate gate) {
		return Mono.fromCallable(() -> deliver(email(mail, message), gate))
			.onErrorResume((error) -> preparationFailed(mail, error))
			.subscribeOn(this.scheduler)
			.timeout(this.properties.sendTimeout(), Mono.fromSupplier(() -> timedOut(gate)))
			.doOnNext((attempt) -> attempt.server().recordIn(this.serverLog))
			.map(Attempt::outcome);
	}

	private static Attempt timedOut(DeliveryGate gate) {
		gate.cancel();
		return new Attempt(MailOutcome.retry(MailServerState.TIMEOUT),
				MailServerState.failing(MailServerState.TIMEOUT));
	}

	private static Mono<Attempt> preparationFailed(QueuedMail mail, Throwable error) {
		logger.warn("The mail {} can't be prepared: {}", mail.messageIdLocalPart(), error.getClass().getName());
		return Mono.just(new Attempt(MailOutcome.retry("The mail could not be prepared"), MailServerState.UNKNOWN));
	}

	private Attempt deliver(Email email, DeliveryGate gate) {
		try {
			if (this.properties.usesLocalMailbox()) {
				storeLocally(email, gate);
			}
			else {
				transmit(email, gate);
			}
			return new Attempt(new MailOutcome(MailOutcome.Verdict.SENT, null, "Accepted"), MailServerState.WORKING);
		}
		catch (MailException | CompletionException | MessagingException ex) {
			return new Attempt(SmtpReplies.outcome(ex), MailServerState.of(ex));
		}
	}

	private void storeLocally(Email email, DeliveryGate gate) throws MessagingException {
		gate.requireCommit();
		this.mailer.sendMail(email, false).join();
	}

	/**
	 * Sends over a connection of its own. {@link Mailer#sendMail} does the same, but
	 * can't pass the gate to the transport.
	 */
	private void transmit(Email email, DeliveryGate gate) throws MessagingException {
		this.mailer.validate(email);
		try (CancellableSmtpTransport transport = (CancellableSmtpTransport) this.session.getTransport()) {
			transport.connect();
			MimeMessage message = EmailConverter.emailToMimeMessage(email, this.session,
					this.mailer.getEmailGovernance());
			message.saveChanges();
			transport.send(message, gate);
		}
	}

	private Email email(QueuedMail mail, MailMessage message) {
		MailTemplates.Rendered rendered = this.templates.render(message);
		EmailPopulatingBuilder builder = EmailBuilder.startingBlank()
			.from(this.properties.fromName(), this.properties.from())
			.to(requireAscii(message.to().ascii()))
			.withSubject(withoutEncodedWords(message.subject()))
			.withPlainText(rendered.text())
			.withHTMLText(rendered.html())
			.withHeader("Auto-Submitted", "auto-generated")
			.fixingMessageId("<" + mail.messageIdLocalPart() + "@" + this.properties.senderDomain() + ">");
		if (this.properties.replyTo() != null) {
			builder.withReplyTo(this.properties.replyTo());
		}
		return builder.buildEmail();
	}

	/**
	 * A mail program would decode text that looks like an encoded word (RFC 2047). A
	 * character without width prevents that.
	 */
	private static String withoutEncodedWords(String subject) {
		return subject.replace("=?", "=\u2060?");
	}

	/**
	 * The API has checked the address already. This second check makes sure that no code
	 * point whose low byte is a line break reaches an SMTP command (CVE-2025-7962).
	 */
	private static String requireAscii(String address) {
		if (!address.chars().allMatch((character) -> character > ' ' && character < 0x7F)) {
			throw new IllegalStateException("an address with characters outside of ASCII");
		}
		return address;
	}

	/**
	 * The outcome of an attempt, and what it shows about the mail server.
	 */
	private record Attempt(MailOutcome outcome, MailServerState server) {

	}

}
