package dev.latchkey.shared;

/**
 * Why the service can't start, in one sentence for the person who starts it.
 */
public class StartupFailure extends RuntimeException {

	public StartupFailure(String sentence) {
		super(sentence);
	}

	public StartupFailure(String sentence, Throwable cause) {
		super(sentence, cause);
	}

}
