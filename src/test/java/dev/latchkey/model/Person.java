package dev.latchkey.model;

import java.util.Locale;

/**
 * The people of a sequence of commands, each with an e-mail address.
 */
enum Person {

	ANN, BOB, CEM,

	/** Has no login at the start, like all further ones. */
	DAN,

	EVE,

	/** Has another address than {@link #EVE}, but the same mailbox. */
	EVE_AT_WORK;

	boolean hasLoginAtStart() {
		return compareTo(DAN) < 0;
	}

	/**
	 * The person whose address is the mailbox.
	 */
	Person mailbox() {
		return (this == EVE_AT_WORK) ? EVE : this;
	}

	/**
	 * The address.
	 * @param sequence the number of the sequence, so that each sequence has its own users
	 */
	String address(int sequence) {
		String tag = (this == EVE_AT_WORK) ? "+work" : "";
		return mailbox().name().toLowerCase(Locale.ROOT) + sequence + tag + "@example.test";
	}

}
