package dev.latchkey.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import static org.awaitility.Awaitility.await;

/**
 * A real SMTP server that stores the mails that it receives.
 */
public final class MailServer implements AutoCloseable {

	private static final Pattern LINK = Pattern.compile("https?://\\S+#(\\S+)");

	private final GreenMail server;

	/** Tests ask for the same mails again and again while they wait for the next one. */
	private final Map<MimeMessage, String> recipients = new ConcurrentHashMap<>();

	private final Map<MimeMessage, Mail> parsed = new ConcurrentHashMap<>();

	private MailServer(GreenMail server) {
		this.server = server;
	}

	public static MailServer start() {
		return start(0);
	}

	/**
	 * Starts on a given port, for tests in which the server is unavailable at first.
	 */
	public static MailServer start(int port) {
		GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		server.start();
		return new MailServer(server);
	}

	public int port() {
		return this.server.getSmtp().getPort();
	}

	/**
	 * All mails to an address, oldest first.
	 */
	public List<Mail> mailsTo(String address) {
		return received().filter((message) -> recipient(message).equalsIgnoreCase(address)).map(this::mail).toList();
	}

	/**
	 * All mails, oldest first.
	 */
	public List<Mail> mails() {
		return received().map(this::mail).toList();
	}

	/**
	 * The number of received mails, without parsing them.
	 */
	public int count() {
		return this.server.getReceivedMessages().length;
	}

	/**
	 * Waits until an address has received a number of mails.
	 * @return the last of them
	 */
	public Mail awaitMail(String address, int count) {
		await().pollInterval(Duration.ofMillis(20)).until(() -> mailsTo(address).size() >= count);
		return mailsTo(address).get(count - 1);
	}

	public Mail awaitMail(String address) {
		return awaitMail(address, 1);
	}

	@Override
	public void close() {
		this.server.stop();
	}

	private Stream<MimeMessage> received() {
		return Arrays.stream(this.server.getReceivedMessages());
	}

	private String recipient(MimeMessage message) {
		return this.recipients.computeIfAbsent(message, MailServer::readRecipient);
	}

	private Mail mail(MimeMessage message) {
		return this.parsed.computeIfAbsent(message, MailServer::read);
	}

	private static String readRecipient(MimeMessage message) {
		try {
			return message.getAllRecipients()[0].toString();
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Mail read(MimeMessage message) {
		try {
			String text = (message.getContent() instanceof MimeMultipart parts) ? part(parts, "text/plain")
					: GreenMailUtil.getBody(message);
			String html = (message.getContent() instanceof MimeMultipart parts) ? part(parts, "text/html") : "";
			return new Mail(readRecipient(message), message.getSubject(), message.getMessageID(), text, html);
		}
		catch (MessagingException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String part(MimeMultipart parts, String type) throws MessagingException, IOException {
		for (int index = 0; index < parts.getCount(); index++) {
			Part part = parts.getBodyPart(index);
			if (part.getContent() instanceof MimeMultipart nested) {
				return part(nested, type);
			}
			if (part.getContentType().toLowerCase(Locale.ROOT).startsWith(type)) {
				return part.getContent().toString();
			}
		}
		return "";
	}

	/**
	 * A received mail.
	 */
	public record Mail(String to, String subject, String messageId, String text, String html) {

		/**
		 * The token at the end of the link.
		 */
		public String token() {
			return tokenIn(this.text);
		}

		/**
		 * The token at the end of the first link in a text.
		 */
		public static String tokenIn(String text) {
			Matcher link = LINK.matcher(text);
			if (!link.find()) {
				throw new AssertionError("no link in: " + text);
			}
			return link.group(1);
		}

	}

}
