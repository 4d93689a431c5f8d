package dev.latchkey.shared;

import java.time.Duration;

/**
 * Checks the values of settings. Each check throws a {@link StartupException} that names
 * the setting, so that the service does not start with an invalid value.
 */
public final class SettingChecks {

	private SettingChecks() {
	}

	/**
	 * Requires a condition.
	 * @param sentence what the setting must be, beginning with its name
	 */
	public static void require(boolean condition, String sentence) {
		if (!condition) {
			throw new StartupException(sentence);
		}
	}

	public static void requirePositive(String setting, Duration value) {
		require(value.toMillis() > 0, setting + " must be positive.");
	}

	public static void requireNotNegative(String setting, Duration value) {
		require(!value.isNegative(), setting + " must not be negative.");
	}

	/**
	 * Requires a duration within bounds, both included.
	 * @param bounds the bounds as text, such as {@code 1h to 30d}
	 */
	public static void requireBetween(String setting, Duration value, Duration min, Duration max, String bounds) {
		require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, setting + " must be " + bounds + ".");
	}

	/**
	 * Requires a number within bounds, both included.
	 */
	public static void requireBetween(String setting, int value, int min, int max) {
		require(value >= min && value <= max, setting + " must be a number from " + min + " to " + max + ".");
	}

	public static void requireAtLeastOne(String setting, int value) {
		require(value >= 1, setting + " must be at least 1.");
	}

}
