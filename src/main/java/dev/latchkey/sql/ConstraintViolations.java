package dev.latchkey.sql;

import io.r2dbc.postgresql.api.PostgresqlException;

/**
 * Reads which rule of the schema a statement ran into.
 */
public final class ConstraintViolations {

	private ConstraintViolations() {
	}

	/**
	 * Whether the error is the violation of the constraint or unique index of this name.
	 */
	public static boolean violated(Throwable error, String name) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof PostgresqlException refused) {
				return refused.getErrorDetails().getConstraintName().filter(name::equals).isPresent();
			}
		}
		return false;
	}

}
