package dev.latchkey.outage;

/**
 * What has failed during an outage, as the log counts it.
 */
public enum FailedWork {

	REQUEST("request"), ROUND("background round"), MAIL_ATTEMPT("attempt");

	private final String noun;

	FailedWork(String noun) {
		this.noun = noun;
	}

	String text(long count) {
		return count + " " + this.noun + ((count == 1) ? "" : "s");
	}

}
