package dev.latchkey.mail;

import java.io.OutputStream;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * SMTP that asks once more before it gives the letter away. Jakarta Mail knows it from
 * {@code jakarta.providers} and makes it by its name, so it is public.
 */
public class CancellableSmtpTransport extends SMTPTransport {

	public CancellableSmtpTransport(Session session, URLName url) {
		super(session, url);
	}

	CancellableSmtpTransport(Session session, URLName url, String protocol, boolean ssl) {
		super(session, url, protocol, ssl);
	}

	@Override
	protected OutputStream data() throws MessagingException {
		if (!DeliveryGate.current().give()) {
			throw new MessagingException("Called off before it was given");
		}
		return super.data();
	}

	/**
	 * The same with TLS from the first byte.
	 */
	public static class OverTls extends CancellableSmtpTransport {

		public OverTls(Session session, URLName url) {
			super(session, url, "smtps", true);
		}

	}

}
