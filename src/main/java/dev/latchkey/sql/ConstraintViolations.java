package dev.latchkey.sql;

import io.r2dbc.postgresql.api.PostgresqlException;

/**
 * Recognizes which constraint of the schema a statement violated.
 */
public final class ConstraintViolations {

	private ConstraintViolations() {
	}

	/**
	 * Whether the error is a violation of the constraint or unique index with this name.
	 */
	public static boolean violated(Throwable error, String name) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof PostgresqlException violation) {
				return violation.getErrorDetails().getConstraintName().filter(name::equals).isPresent();
			}
		}
		return false;
	}

}
