package dev.latchkey.embedded;

import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.shared.IdGenerator;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.simplejavamail.MailException;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.email.Recipient;
import org.simplejavamail.api.mailer.CustomMailer;
import org.simplejavamail.api.mailer.config.OperationalConfig;

/**
 * Receives the mails if no SMTP server is configured: it keeps the last messages in
 * memory, for users of this machine only. Reading never blocks.
 */
public final class LocalMailbox implements CustomMailer {

	/** The maximum number of messages; the oldest is removed. */
	public static final int CAPACITY = 200;

	private final InstantSource clock;

	private final IdGenerator ids;

	private volatile List<LocalMessage> messages = List.of();

	public LocalMailbox(InstantSource clock, IdGenerator ids) {
		this.clock = clock;
		this.ids = ids;
	}

	/**
	 * The current messages, newest first.
	 */
	public List<LocalMessage> messages() {
		return this.messages;
	}

	public Optional<LocalMessage> message(UUID id) {
		return this.messages.stream().filter((message) -> message.id().equals(id)).findFirst();
	}

	@Override
	public void testConnection(OperationalConfig config, Session session) {
		// There is nothing to connect to.
	}

	@Override
	public synchronized void sendMessage(OperationalConfig config, Session session, Email email, MimeMessage message) {
		Stream<LocalMessage> newest = Stream.of(read(email, message));
		this.messages = Stream.concat(newest, this.messages.stream()).limit(CAPACITY).toList();
	}

	private LocalMessage read(Email email, MimeMessage message) {
		String to = email.getRecipients().stream().map(Recipient::getAddress).collect(Collectors.joining(", "));
		Recipient from = email.getFromRecipient();
		return new LocalMessage(this.ids.get(), this.clock.instant(), (from != null) ? from.getAddress() : "", to,
				orEmpty(email.getSubject()), orEmpty(email.getPlainText()), orEmpty(email.getHTMLText()),
				headers(message));
	}

	private static List<LocalMessage.Header> headers(MimeMessage message) {
		try {
			return Collections.list(message.getAllHeaders()).stream().map(LocalMailbox::header).toList();
		}
		catch (MessagingException ex) {
			throw new UnreadableMessage(ex);
		}
	}

	private static LocalMessage.Header header(Header header) {
		return new LocalMessage.Header(header.getName(), orEmpty(header.getValue()));
	}

	private static String orEmpty(@Nullable String text) {
		return Objects.requireNonNullElse(text, "");
	}

	/**
	 * A message whose headers cannot be read.
	 */
	private static final class UnreadableMessage extends MailException {

		UnreadableMessage(MessagingException cause) {
			super("The message's headers can't be read", cause);
		}

	}

}
