package dev.latchkey.mail;

import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt.
 *
 * @param code the SMTP reply code, null where no reply was heard
 * @param answer the reply's text without addresses
 */
record MailOutcome(Verdict verdict, @Nullable Integer code, String answer) {

	enum Verdict {

		/** The next server has taken it: that is not yet "delivered". */
		SENT,

		/** It may go better later. */
		RETRY,

		/** The recipient or the content was refused for good, or patience ran out. */
		FAILED

	}

	static MailOutcome retry(String answer) {
		return new MailOutcome(Verdict.RETRY, null, answer);
	}

	MailOutcome asFinal() {
		return (this.verdict == Verdict.RETRY) ? new MailOutcome(Verdict.FAILED, this.code, this.answer) : this;
	}

}
