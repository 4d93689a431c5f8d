package dev.latchkey.command;

import java.time.Duration;
import java.util.Optional;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import io.r2dbc.spi.Readable;

/**
 * Reads why a command was refused from the row that its database function returns. The
 * functions use the codes of {@link ProblemCode}.
 */
public final class Refusals {

	private Refusals() {
	}

	/**
	 * Reads the column {@code refusal}, and {@code retry_after} if the function returns
	 * it.
	 * @return the problem, or empty if the command was executed
	 */
	public static Optional<DomainException> of(Readable row) {
		return Optional.ofNullable(row.get("refusal", String.class))
			.map((code) -> withWait(DomainException.of(ProblemCode.of(code)), row));
	}

	private static DomainException withWait(DomainException problem, Readable row) {
		Double wait = row.get("retry_after", Double.class);
		return (wait != null) ? problem.retryAfter(Duration.ofSeconds((long) Math.ceil(wait))) : problem;
	}

}
