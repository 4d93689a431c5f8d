package dev.latchkey.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The result of a command.
 *
 * @param outcome "ok", "repeated" if an earlier request had done it, or the code of the
 * problem
 * @param details what the response contains
 */
record Result(String outcome, Map<String, Object> details) {

	static Result ok() {
		return new Result("ok", Map.of());
	}

	static Result repeated() {
		return new Result("repeated", Map.of());
	}

	static Result refused(ProblemCode code) {
		return new Result(code.code(), Map.of());
	}

	static Result of(boolean repeated) {
		return repeated ? repeated() : ok();
	}

	/**
	 * One result for each line of a bulk request.
	 */
	static Result lines(List<Result> lines) {
		return ok().with("lines", lines);
	}

	Result with(String name, Object value) {
		Map<String, Object> extended = new TreeMap<>(this.details);
		extended.put(name, value);
		return new Result(this.outcome, extended);
	}

	/**
	 * Adds the time until the same command can succeed, in minutes.
	 */
	Result retryAfter(@Nullable Duration wait) {
		return (wait != null) ? with("retryAfter", Math.round(wait.toSeconds() / 60.0)) : this;
	}

	/**
	 * Ends the command with this result.
	 */
	Refusal asRefusal() {
		return new Refusal(this);
	}

	@Override
	public String toString() {
		return this.details.isEmpty() ? this.outcome : this.outcome + " " + this.details;
	}

	/**
	 * Ends a command of the model.
	 */
	static final class Refusal extends RuntimeException {

		private final transient Result result;

		Refusal(Result result) {
			super(result.toString(), null, false, false);
			this.result = result;
		}

		static Refusal of(ProblemCode code) {
			return refused(code).asRefusal();
		}

		Result result() {
			return this.result;
		}

	}

}
