package dev.latchkey.user;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

import com.nulabinc.zxcvbn.StandardDictionaries;

/**
 * The most common passwords, from the list that ships with zxcvbn.
 */
class CommonPasswords {

	private final Set<String> passwords;

	CommonPasswords() {
		try {
			this.passwords = Set.copyOf(StandardDictionaries.PASSWORDS_LOADER.load().getRankedDictionary().keySet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the list of common passwords can't be read", ex);
		}
	}

	/**
	 * Whether a password is common: it is on the list, or it consists of one on the list
	 * and up to 4 characters before or after it that are not letters.
	 * @param password in lower case
	 */
	boolean contains(String password) {
		return this.passwords.contains(password) || isPadded(password);
	}

	private boolean isPadded(String password) {
		String core = password.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
		return core.length() >= 4 && password.length() - core.length() <= 4 && this.passwords.contains(core);
	}

}
