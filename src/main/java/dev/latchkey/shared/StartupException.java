package dev.latchkey.shared;

/**
 * Why the service can't start, in one sentence for the person who starts it.
 */
public class StartupException extends RuntimeException {

	public StartupException(String sentence) {
		super(sentence);
	}

	public StartupException(String sentence, Throwable cause) {
		super(sentence, cause);
	}

}
