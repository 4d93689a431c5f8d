package dev.latchkey.shared;

import org.jspecify.annotations.Nullable;

/**
 * A validity of invitations that a user has chosen, in days of 24 hours.
 *
 * @param days 1 to 30
 */
public record ValidityDays(int days) {

	private static final int MAX = 30;

	public ValidityDays {
		if (days < 1 || days > MAX) {
			throw outOfRange();
		}
	}

	/**
	 * Parses the field {@code expiresInDays} of a payload.
	 * @param days null if the field was not sent
	 * @return the validity, or null
	 * @throws DomainException {@link ProblemCode#INVALID_FIELD}
	 */
	public static @Nullable ValidityDays of(@Nullable Integer days) {
		return (days != null) ? new ValidityDays(days) : null;
	}

	/**
	 * The exception for a value that is not a valid number of days.
	 */
	public static DomainException outOfRange() {
		return DomainException.invalidField("expiresInDays", DetailMessage.DAYS_OUT_OF_RANGE, MAX);
	}

}
