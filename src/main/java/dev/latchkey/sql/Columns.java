package dev.latchkey.sql;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns that are never null, and binds parameters that may be null.
 */
public final class Columns {

	private Columns() {
	}

	public static UUID uuid(Readable row, String column) {
		return requireNonNull(row.get(column, UUID.class), column);
	}

	public static String string(Readable row, String column) {
		return requireNonNull(row.get(column, String.class), column);
	}

	public static int intValue(Readable row, String column) {
		return requireNonNull(row.get(column, Integer.class), column);
	}

	public static long longValue(Readable row, String column) {
		return requireNonNull(row.get(column, Long.class), column);
	}

	public static double doubleValue(Readable row, String column) {
		return requireNonNull(row.get(column, Double.class), column);
	}

	public static boolean booleanValue(Readable row, String column) {
		return requireNonNull(row.get(column, Boolean.class), column);
	}

	public static Instant instant(Readable row, String column) {
		return requireNonNull(row.get(column, Instant.class), column);
	}

	public static List<String> strings(Readable row, String column) {
		return List.of(requireNonNull(row.get(column, String[].class), column));
	}

	/**
	 * A parameter whose value may be null.
	 */
	public static Parameter orNull(R2dbcType type, @Nullable Object value) {
		return Parameters.in(type, value);
	}

	private static <T> T requireNonNull(@Nullable T value, String column) {
		return Objects.requireNonNull(value, column);
	}

}
