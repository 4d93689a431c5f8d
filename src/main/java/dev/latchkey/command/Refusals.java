package dev.latchkey.command;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Reads why a command was refused from the row that its database function returns. The
 * functions use the codes of {@link ProblemCode}.
 */
public final class Refusals {

	private Refusals() {
	}

	/**
	 * Executes a command whose function returns the column {@code refusal} and no
	 * {@code retry_after}.
	 * @param call the statement that calls the function
	 * @param result reads the other columns if the command was executed
	 * @return the result, or the problem if the command was refused
	 */
	public static <T> Mono<T> resultOf(GenericExecuteSpec call, Function<Readable, T> result) {
		return call.map((row) -> problem(row).<Mono<T>>map(Mono::error).orElseGet(() -> Mono.just(result.apply(row))))
			.one()
			.flatMap(Function.identity());
	}

	/**
	 * Reads the column {@code refusal}, and {@code retry_after} if the function returns
	 * it.
	 * @return the problem, or empty if the command was executed
	 */
	public static Optional<DomainException> of(Readable row) {
		return problem(row).map((problem) -> withWait(problem, row));
	}

	private static Optional<DomainException> problem(Readable row) {
		return Optional.ofNullable(row.get("refusal", String.class))
			.map((code) -> DomainException.of(ProblemCode.of(code)));
	}

	private static DomainException withWait(DomainException problem, Readable row) {
		Double wait = row.get("retry_after", Double.class);
		return (wait != null) ? problem.retryAfter(Duration.ofSeconds((long) Math.ceil(wait))) : problem;
	}

}
