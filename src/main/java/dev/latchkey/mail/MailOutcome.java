package dev.latchkey.mail;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of one delivery attempt.
 *
 * @param code the SMTP reply code, null if there was no reply
 * @param reply the text of the reply without addresses, or a reason
 */
record MailOutcome(Verdict verdict, @Nullable Integer code, String reply) {

	enum Verdict {

		/**
		 * The next mail server has accepted the message, which does not mean that it was
		 * delivered.
		 */
		SENT,

		/** A later attempt may succeed. */
		RETRY,

		/**
		 * The recipient or the content was refused permanently, or the last attempt
		 * failed.
		 */
		FAILED

	}

	static MailOutcome retry(String reason) {
		return new MailOutcome(Verdict.RETRY, null, reason);
	}

	/**
	 * The same outcome if no attempt follows: RETRY becomes FAILED.
	 */
	MailOutcome asFinal() {
		return (this.verdict == Verdict.RETRY) ? new MailOutcome(Verdict.FAILED, this.code, this.reply) : this;
	}

}
