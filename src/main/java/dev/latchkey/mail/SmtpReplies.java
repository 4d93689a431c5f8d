package dev.latchkey.mail;

import java.util.Locale;

import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressSucceededException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Interprets the replies of a mail server (RFC 5321, section 4.2). Only a 5xx reply to
 * the recipient or to the content is final. Everything else is retried, even an error
 * that is caused by a wrong configuration of this service.
 */
final class SmtpReplies {

	private static final int MAX_REPLY = 200;

	private SmtpReplies() {
	}

	/**
	 * The outcome that an exception of the transport reports. With
	 * {@code mail.smtp.reportsuccess}, success is reported by an exception, too.
	 */
	static MailOutcome outcome(Throwable error) {
		SMTPSendFailedException sending = find(error, SMTPSendFailedException.class);
		if (sending != null && sending.getReturnCode() / 100 == 2
				&& find(sending, SMTPAddressSucceededException.class) != null) {
			return accepted(sending);
		}
		SMTPAddressFailedException address = find(error, SMTPAddressFailedException.class);
		if (address != null) {
			return refused(address.getReturnCode(), address.getMessage(), true);
		}
		if (sending != null) {
			return refused(sending.getReturnCode(), sending.getMessage(), isAboutContent(sending.getCommand()));
		}
		MessagingException other = find(error, MessagingException.class);
		return MailOutcome.retry(redacted((other != null) ? other.getMessage() : error.getClass().getSimpleName()));
	}

	private static MailOutcome accepted(SMTPSendFailedException report) {
		return new MailOutcome(MailOutcome.Verdict.SENT, report.getReturnCode(), redacted(report.getMessage()));
	}

	private static MailOutcome refused(int code, @Nullable String reply, boolean aboutRecipientOrContent) {
		boolean isFinal = aboutRecipientOrContent && code / 100 == 5;
		return new MailOutcome(isFinal ? MailOutcome.Verdict.FAILED : MailOutcome.Verdict.RETRY, code, redacted(reply));
	}

	static boolean isAboutContent(@Nullable String command) {
		return command != null && (command.toUpperCase(Locale.ROOT).startsWith("DATA") || command.startsWith("."));
	}

	/**
	 * The reply in one line of limited length, without addresses and control characters.
	 */
	static String redacted(@Nullable String reply) {
		if (reply == null) {
			return "";
		}
		String line = reply.replaceAll("[\\p{Cntrl}\\s]+", " ").replaceAll("\\S+@\\S+", "<address>").strip();
		return (line.length() <= MAX_REPLY) ? line : line.substring(0, MAX_REPLY) + "…";
	}

	/**
	 * Searches the causes and the next exceptions, which Jakarta Mail chains separately.
	 */
	static <T extends Throwable> @Nullable T find(@Nullable Throwable error, Class<T> type) {
		for (Throwable cause = error; cause != null; cause = next(cause)) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

	static @Nullable Throwable next(Throwable error) {
		if (error instanceof MessagingException messaging && messaging.getNextException() != null) {
			return messaging.getNextException();
		}
		return error.getCause();
	}

}
