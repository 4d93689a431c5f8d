package dev.latchkey.mail;

import java.util.concurrent.CompletionException;

import org.simplejavamail.MailException;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.email.EmailPopulatingBuilder;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.email.EmailBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Sends one rendered letter through Simple Java Mail, on the mail threads. The headers
 * are those written here; nothing that a person chose becomes one, but for the subject,
 * which is encoded.
 */
class PostOffice {

	private final Mailer mailer;

	private final Templates templates;

	private final MailProperties properties;

	private final Scheduler threads;

	PostOffice(Mailer mailer, Templates templates, MailProperties properties, Scheduler threads) {
		this.mailer = mailer;
		this.templates = templates;
		this.properties = properties;
		this.threads = threads;
	}

	/**
	 * Makes one attempt.
	 * @return what came of it; an error only if the letter can't be written
	 */
	Mono<MailOutcome> send(MailOrder order, Letter letter) {
		return Mono.fromCallable(() -> deliver(email(order, letter)))
			.subscribeOn(this.threads)
			.timeout(this.properties.deadline(), Mono.just(MailOutcome.retry("No answer before the deadline")));
	}

	private MailOutcome deliver(Email email) {
		try {
			this.mailer.sendMail(email, false).join();
			return new MailOutcome(MailOutcome.Verdict.SENT, null, "Accepted");
		}
		catch (MailException | CompletionException ex) {
			return SmtpReplies.outcome(ex);
		}
	}

	private Email email(MailOrder order, Letter letter) {
		Templates.Rendered rendered = this.templates.render(letter);
		EmailPopulatingBuilder builder = EmailBuilder.startingBlank()
			.from(this.properties.fromName(), this.properties.from())
			.to(onlyAscii(letter.to().value()))
			.withSubject(letter.subject())
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
