package dev.latchkey.sql;

import io.r2dbc.postgresql.api.PostgresqlException;

/**
 * Recognizes that a statement waited too long for a lock. Nothing was written, so it can
 * be tried again.
 */
public final class LockTimeouts {

	/** lock_not_available (PostgreSQL, appendix A). */
	private static final String SQL_STATE = "55P03";

	private LockTimeouts() {
	}

	public static boolean isLockTimeout(Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof PostgresqlException failure) {
				return SQL_STATE.equals(failure.getErrorDetails().getCode());
			}
		}
		return false;
	}

}
