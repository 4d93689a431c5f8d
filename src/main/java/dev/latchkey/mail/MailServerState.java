package dev.latchkey.mail;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.latchkey.outage.FailedWork;
import dev.latchkey.outage.OutageLog;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt shows about the mail server. A server that refuses one recipient or one
 * message works. It fails if it cannot be reached, or does not accept the TLS version,
 * the credentials or the sender, because then it accepts no mail at all.
 *
 * @param cause why the server fails, without addresses; null if it does not
 */
record MailServerState(Kind kind, @Nullable String cause) {

	enum Kind {

		WORKING, FAILING, UNKNOWN

	}

	static final MailServerState WORKING = new MailServerState(Kind.WORKING, null);

	/** The message was not ready to be sent. */
	static final MailServerState UNKNOWN = new MailServerState(Kind.UNKNOWN, null);

	static final String TIMEOUT = "No reply within the send timeout";

	/** The reply code and the enhanced status code (RFC 3463) at the start of a reply. */
	private static final Pattern STATUS = Pattern.compile("\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b.*",
			Pattern.DOTALL);

	/** Service not available; authentication required (RFC 5321, RFC 4954). */
	private static final List<Integer> FAULTS_AT_ANY_STEP = List.of(421, 530);

	/**
	 * Replies to a recipient that are about the sender or the server (RFC 3463): no
	 * permission to relay, the address of the sender, the system. Many servers report
	 * them only after RCPT.
	 */
	private static final Pattern NOT_ABOUT_RECIPIENT = Pattern.compile("5\\.7\\.\\d+|5\\.1\\.[78]|4\\.3\\.\\d+");

	/**
	 * Temporary replies to a message that are about the recipient or the content: such as
	 * greylisting or a full mailbox.
	 */
	private static final Pattern ABOUT_MESSAGE = Pattern.compile("4\\.[1267]\\.\\d+");

	static MailServerState failing(String cause) {
		return new MailServerState(Kind.FAILING, cause);
	}

	/**
	 * The state that an exception of the transport shows. With
	 * {@code mail.smtp.reportsuccess}, success is reported by an exception, too.
	 */
	static MailServerState of(Throwable error) {
		if (SmtpReplies.find(error, MessagingException.class) == null) {
			return UNKNOWN;
		}
		return accepts(error) ? WORKING : failing(describe(error));
	}

	void recordIn(OutageLog log) {
		switch (this.kind) {
			case WORKING -> log.succeeded();
			case FAILING -> log.failed(FailedWork.MAIL_ATTEMPT, Objects.requireNonNull(this.cause));
			case UNKNOWN -> {
			}
		}
	}

	private static boolean accepts(Throwable error) {
		SMTPSendFailedException sending = SmtpReplies.find(error, SMTPSendFailedException.class);
		if (sending != null && sending.getReturnCode() / 100 == 2) {
			return true;
		}
		SMTPAddressFailedException address = SmtpReplies.find(error, SMTPAddressFailedException.class);
		if (address != null) {
			return !FAULTS_AT_ANY_STEP.contains(address.getReturnCode())
					&& !NOT_ABOUT_RECIPIENT.matcher(status(address)).matches();
		}
		return sending != null && acceptsSender(sending);
	}

	/**
	 * Whether a reply is about one message only.
	 */
	private static boolean acceptsSender(SMTPSendFailedException refusal) {
		int code = refusal.getReturnCode();
		return SmtpReplies.isAboutContent(refusal.getCommand()) && !FAULTS_AT_ANY_STEP.contains(code)
				&& (code / 100 == 5 || ABOUT_MESSAGE.matcher(status(refusal)).matches());
	}

	private static String status(MessagingException reply) {
		Matcher status = STATUS.matcher(Objects.requireNonNullElse(reply.getMessage(), ""));
		return status.matches() ? status.group(1) : "";
	}

	/**
	 * The reply of the server, or the message of the transport with the exception that
	 * has caused it.
	 */
	private static String describe(Throwable error) {
		SMTPAddressFailedException address = SmtpReplies.find(error, SMTPAddressFailedException.class);
		Throwable reported = (address != null) ? address : SmtpReplies.find(error, MessagingException.class);
		String message = Objects.requireNonNullElse(Objects.requireNonNull(reported).getMessage(), "");
		Throwable root = Stream.iterate(error, Objects::nonNull, SmtpReplies::next)
			.reduce(error, (outer, inner) -> inner);
		boolean hasReply = root instanceof MessagingException;
		return SmtpReplies.redacted(hasReply ? message.replace("[EOF]", "the server has closed the connection")
				: message + " (" + root.getClass().getSimpleName() + ": " + root.getMessage() + ")");
	}

}
