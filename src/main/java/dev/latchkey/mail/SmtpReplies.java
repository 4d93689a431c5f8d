package dev.latchkey.mail;

import java.util.Locale;

import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressSucceededException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a mail server answered (RFC 5321, section 4.2). Only a refusal of the
 * recipient or of the content with a 5xx is final: everything else, our own wrong
 * configuration included, may go better later.
 */
final class SmtpReplies {

	private static final int MAX_ANSWER = 200;

	private SmtpReplies() {
	}

	/**
	 * The outcome that a failed, or reported, sending stands for.
	 */
	static MailOutcome outcome(Throwable error) {
		SMTPSendFailedException sending = find(error, SMTPSendFailedException.class);
		if (sending != null && sending.getReturnCode() / 100 == 2
				&& find(sending, SMTPAddressSucceededException.class) != null) {
			return sent(sending);
		}
		SMTPAddressFailedException address = find(error, SMTPAddressFailedException.class);
		if (address != null) {
			return refused(address.getReturnCode(), address.getMessage(), true);
		}
		if (sending != null) {
			return refused(sending.getReturnCode(), sending.getMessage(), isContent(sending.getCommand()));
		}
		MessagingException other = find(error, MessagingException.class);
		return MailOutcome.retry(redacted((other != null) ? other.getMessage() : error.getClass().getSimpleName()));
	}

	private static MailOutcome sent(SMTPSendFailedException report) {
		return new MailOutcome(MailOutcome.Verdict.SENT, report.getReturnCode(), redacted(report.getMessage()));
	}

	private static MailOutcome refused(int code, @Nullable String answer, boolean recipientOrContent) {
		boolean terminal = recipientOrContent && code / 100 == 5;
		return new MailOutcome(terminal ? MailOutcome.Verdict.FAILED : MailOutcome.Verdict.RETRY, code,
				redacted(answer));
	}

	private static boolean isContent(@Nullable String command) {
		return command != null && (command.toUpperCase(Locale.ROOT).startsWith("DATA") || command.startsWith("."));
	}

	/**
	 * The answer without addresses and control characters, in one short line.
	 */
	static String redacted(@Nullable String answer) {
		if (answer == null) {
			return "";
		}
		String line = answer.replaceAll("[\\p{Cntrl}\\s]+", " ").replaceAll("\\S+@\\S+", "<address>").strip();
		return (line.length() <= MAX_ANSWER) ? line : line.substring(0, MAX_ANSWER) + "…";
	}

	/**
	 * Looks through causes and through the chain of next exceptions that Jakarta Mail
	 * keeps beside them.
	 */
	private static <T extends Throwable> @Nullable T find(@Nullable Throwable error, Class<T> type) {
		for (Throwable cause = error; cause != null; cause = next(cause)) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

	private static @Nullable Throwable next(Throwable error) {
		if (error instanceof MessagingException messaging && messaging.getNextException() != null) {
			return messaging.getNextException();
		}
		return error.getCause();
	}

}
