package dev.latchkey.sql;

import java.util.List;

import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.postgresql.message.backend.Field;
import io.r2dbc.postgresql.message.backend.Field.FieldType;
import io.r2dbc.spi.R2dbcException;

/**
 * Errors as the driver and Spring report them.
 */
public final class PostgresErrors {

	private PostgresErrors() {
	}

	/**
	 * An error of the driver.
	 * @param constraint the name of the violated constraint, empty if the error is not
	 * about one
	 */
	static R2dbcException of(String sqlState, String constraint) {
		Field code = new Field(FieldType.CODE, sqlState);
		Field message = new Field(FieldType.MESSAGE, "refused");
		return new DriverError(new ErrorDetails(constraint.isEmpty() ? List.of(code, message)
				: List.of(code, message, new Field(FieldType.CONSTRAINT_NAME, constraint))));
	}

	private static final class DriverError extends R2dbcException implements PostgresqlException {

		private final transient ErrorDetails details;

		private DriverError(ErrorDetails details) {
			super(details.getMessage(), details.getCode());
			this.details = details;
		}

		@Override
		public ErrorDetails getErrorDetails() {
			return this.details;
		}

	}

}
