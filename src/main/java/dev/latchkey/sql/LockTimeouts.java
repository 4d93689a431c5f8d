package dev.latchkey.sql;

import io.r2dbc.postgresql.api.PostgresqlException;

/**
 * Tells that a statement has waited for a lock for as long as it may: nothing was done,
 * and it can be tried again.
 */
public final class LockTimeouts {

	/** lock_not_available (PostgreSQL, appendix A). */
	private static final String SQL_STATE = "55P03";

	private LockTimeouts() {
	}

	public static boolean isOver(Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof PostgresqlException refused) {
				return SQL_STATE.equals(refused.getErrorDetails().getCode());
			}
		}
		return false;
	}

}
