package dev.latchkey.mail;

import java.util.concurrent.CompletionException;

import org.simplejavamail.MailException;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.email.EmailPopulatingBuilder;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.email.EmailBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Sends one rendered letter through Simple Java Mail, on the mail threads. The headers
 * are those written here; nothing that a person chose becomes one, but for the subject,
 * which is encoded.
 */
class MailSender {

	private static final Logger logger = LoggerFactory.getLogger(MailSender.class);

	private final Mailer mailer;

	private final MailTemplates templates;

	private final MailProperties properties;

	private final Scheduler threads;

	MailSender(Mailer mailer, MailTemplates templates, MailProperties properties, Scheduler threads) {
		this.mailer = mailer;
		this.templates = templates;
		this.properties = properties;
		this.threads = threads;
	}

	/**
	 * Makes one attempt, until it is called off. One that takes too long calls itself
	 * off, so that it can't go on beside the next.
	 * @return what came of it; a letter that can't be written may go better later, when
	 * the template or the name in it is another
	 */
	Mono<MailOutcome> send(QueuedMail order, MailMessage message, DeliveryGate gate) {
		return Mono.fromCallable(() -> deliver(email(order, message), gate))
			.onErrorResume((error) -> unwritten(order, error))
			.subscribeOn(this.threads)
			.timeout(this.properties.sendTimeout(), Mono.fromSupplier(() -> late(gate)));
	}

	private static MailOutcome late(DeliveryGate gate) {
		gate.callOff();
		return MailOutcome.retry("No answer before the deadline");
	}

	private static Mono<MailOutcome> unwritten(QueuedMail order, Throwable error) {
		logger.warn("The mail {} can't be written: {}", order.messageName(), error.getClass().getName());
		return Mono.just(MailOutcome.retry("The mail could not be written"));
	}

	private MailOutcome deliver(Email email, DeliveryGate gate) {
		// The local mailbox is no conversation in which there would be a point to ask at.
		if (this.properties.toLocalMailbox() && !gate.give()) {
			return MailOutcome.retry("Called off before it was given");
		}
		try {
			gate.during(() -> this.mailer.sendMail(email, false).join());
			return new MailOutcome(MailOutcome.Verdict.SENT, null, "Accepted");
		}
		catch (MailException | CompletionException ex) {
			return SmtpReplies.outcome(ex);
		}
	}

	private Email email(QueuedMail order, MailMessage message) {
		MailTemplates.Rendered rendered = this.templates.render(message);
		EmailPopulatingBuilder builder = EmailBuilder.startingBlank()
			.from(this.properties.fromName(), this.properties.from())
			.to(onlyAscii(message.to().value()))
			.withSubject(plain(message.subject()))
			.withPlainText(rendered.text())
			.withHTMLText(rendered.html())
			.withHeader("Auto-Submitted", "auto-generated")
			.fixingMessageId("<" + order.messageName() + "@" + this.properties.domain() + ">");
		if (this.properties.replyTo() != null) {
			builder.withReplyTo(this.properties.replyTo());
		}
		return builder.buildEmail();
	}

	/**
	 * What looks like an encoded word (RFC 2047) would be decoded by who reads it: a
	 * character without width keeps it as it is.
	 */
	private static String plain(String subject) {
		return subject.replace("=?", "=\u2060?");
	}

	/**
	 * Addresses were checked at the API; a code point whose low byte is a line break must
	 * not reach an SMTP command even if one slipped through (CVE-2025-7962).
	 */
	private static String onlyAscii(String address) {
		if (!address.chars().allMatch((character) -> character > ' ' && character < 0x7F)) {
			throw new IllegalStateException("an address with characters outside of ASCII");
		}
		return address;
	}

}
