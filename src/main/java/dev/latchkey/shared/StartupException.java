package dev.latchkey.shared;

/**
 * The service cannot start. The message is one sentence for the operator.
 */
public class StartupException extends RuntimeException {

	public StartupException(String sentence) {
		super(sentence);
	}

	public StartupException(String sentence, Throwable cause) {
		super(sentence, cause);
	}

}
