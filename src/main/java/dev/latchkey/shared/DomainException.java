package dev.latchkey.shared;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A refusal that the caller can understand: a stable code, a sentence, and what a program
 * needs to go on. It knows nothing of HTTP and never carries a secret.
 */
public final class DomainException extends RuntimeException {

	private final ProblemCode code;

	private final Map<String, Object> properties;

	private final @Nullable Duration retryAfter;

	public DomainException(ProblemCode code, String detail) {
		this(code, detail, Map.of(), null);
	}

	private DomainException(ProblemCode code, String detail, Map<String, Object> properties,
			@Nullable Duration retryAfter) {
		// A refusal is an answer, not a fault: no stack is walked for it.
		super(detail, null, false, false);
		this.code = code;
		this.properties = properties;
		this.retryAfter = retryAfter;
	}

	public static DomainException of(ProblemCode code) {
		return new DomainException(code, code.title() + ".");
	}

	public static DomainException notFound() {
		return of(ProblemCode.NOT_FOUND);
	}

	public static DomainException malformed(String detail) {
		return new DomainException(ProblemCode.MALFORMED_REQUEST, detail);
	}

	/**
	 * Read and refused: names the field, so that a screen can show the sentence beside
	 * it.
	 */
	public static DomainException invalidField(String field, String detail) {
		return new DomainException(ProblemCode.INVALID_FIELD, detail).with("field", field);
	}

	/**
	 * Adds a member to the problem that a program can read.
	 */
	public DomainException with(String name, Object value) {
		Map<String, Object> extended = new LinkedHashMap<>(this.properties);
		extended.put(name, value);
		return new DomainException(this.code, detail(), extended, this.retryAfter);
	}

	public DomainException retryAfter(Duration wait) {
		return new DomainException(this.code, detail(), this.properties, wait);
	}

	public ProblemCode code() {
		return this.code;
	}

	public String detail() {
		String message = getMessage();
		return (message != null) ? message : this.code.title();
	}

	public Map<String, Object> properties() {
		return this.properties;
	}

	/**
	 * How long to wait before the same request can succeed, where that is known.
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
