package dev.latchkey.outage;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientException;

/**
 * Why work has failed, by its exception.
 */
enum FailureKind {

	/** The database cannot be reached, or does not accept connections. */
	DATABASE,

	/** All connections of the pool were in use for too long. */
	POOL,

	/** The load or a lock; a later attempt may succeed. */
	TRANSIENT,

	/** Everything else, such as a programming error. */
	UNEXPECTED;

	/**
	 * Classes of SQLSTATE: the connection is lost, or the credentials or the name of the
	 * database are not accepted.
	 */
	private static final List<String> NO_CONNECTION = List.of("08", "28", "3D");

	static FailureKind of(Throwable error) {
		List<Throwable> causes = causes(error);
		return causes.stream()
			.filter(R2dbcException.class::isInstance)
			.findFirst()
			.map((cause) -> of((R2dbcException) cause))
			.orElseGet(() -> causes.stream().anyMatch(FailureKind::isOverload) ? TRANSIENT : UNEXPECTED);
	}

	/**
	 * The class and the message of the root cause, in one line. The driver repeats the
	 * message of the root cause with the address that it has tried, which is shown then.
	 */
	static String describe(Throwable error) {
		List<Throwable> causes = causes(error);
		Throwable root = causes.get(causes.size() - 1);
		String message = firstLine(root);
		String outer = (causes.size() > 1) ? firstLine(causes.get(causes.size() - 2)) : "";
		String longer = (!message.isEmpty() && outer.startsWith(message)) ? outer : message;
		return longer.isEmpty() ? root.getClass().getName() : root.getClass().getName() + ": " + longer;
	}

	private static FailureKind of(R2dbcException error) {
		String state = error.getSqlState();
		if (error instanceof R2dbcNonTransientResourceException
				|| (state != null && NO_CONNECTION.stream().anyMatch(state::startsWith))) {
			return DATABASE;
		}
		// The driver's exceptions have a state, the pool's have none.
		if (error instanceof R2dbcTimeoutException && state == null) {
			return POOL;
		}
		return (error instanceof R2dbcTransientException) ? TRANSIENT : UNEXPECTED;
	}

	private static boolean isOverload(Throwable cause) {
		return cause instanceof TimeoutException || cause instanceof RejectedExecutionException;
	}

	private static List<Throwable> causes(Throwable error) {
		return Stream.iterate(error, Objects::nonNull, Throwable::getCause).toList();
	}

	private static String firstLine(Throwable error) {
		return Objects.requireNonNullElse(error.getMessage(), "").lines().findFirst().orElse("");
	}

}
