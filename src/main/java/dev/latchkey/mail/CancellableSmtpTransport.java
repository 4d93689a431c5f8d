package dev.latchkey.mail;

import java.io.OutputStream;
import java.util.Objects;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP transport that checks a {@link DeliveryGate} before it transmits the message.
 * Jakarta Mail creates it by the class name in {@code META-INF/jakarta.providers}, so it
 * is public. An instance serves one thread.
 */
public class CancellableSmtpTransport extends SMTPTransport {

	private @Nullable DeliveryGate gate;

	public CancellableSmtpTransport(Session session, URLName url) {
		super(session, url);
	}

	CancellableSmtpTransport(Session session, URLName url, String protocol, boolean ssl) {
		super(session, url, protocol, ssl);
	}

	/**
	 * Sends a message to all its recipients over this open connection.
	 * @param gate committed before the DATA command
	 * @throws MessagingException if the gate was cancelled before, or the server did not
	 * accept the message
	 */
	void send(MimeMessage message, DeliveryGate gate) throws MessagingException {
		this.gate = gate;
		sendMessage(message, message.getAllRecipients());
	}

	@Override
	protected OutputStream data() throws MessagingException {
		Objects.requireNonNull(this.gate, "no gate").requireCommit();
		return super.data();
	}

	/**
	 * The same transport with TLS from the first byte.
	 */
	public static class OverTls extends CancellableSmtpTransport {

		public OverTls(Session session, URLName url) {
			super(session, url, "smtps", true);
		}

	}

}
