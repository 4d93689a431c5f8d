package dev.latchkey.shared;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request was refused for a reason that the caller can handle. It has a stable code, an
 * optional message that can be translated, and properties for programs. It is independent
 * of HTTP and never contains a secret.
 */
public final class DomainException extends RuntimeException {

	private final ProblemCode code;

	private final @Nullable Sentence sentence;

	private final Map<String, Object> properties;

	private final @Nullable Duration retryAfter;

	private final @Nullable Locale locale;

	public DomainException(ProblemCode code, DetailMessage message, Object... arguments) {
		this(code, new Sentence(message, List.of(arguments)), Map.of(), null, null);
	}

	private DomainException(ProblemCode code, @Nullable Sentence sentence, Map<String, Object> properties,
			@Nullable Duration retryAfter, @Nullable Locale locale) {
		// A refusal is an expected result, so it needs no stack trace.
		super(code.code() + ((sentence != null) ? ": " + sentence : ""), null, false, false);
		this.code = code;
		this.sentence = sentence;
		this.properties = properties;
		this.retryAfter = retryAfter;
		this.locale = locale;
	}

	public static DomainException of(ProblemCode code) {
		return new DomainException(code, null, Map.of(), null, null);
	}

	public static DomainException notFound() {
		return of(ProblemCode.NOT_FOUND);
	}

	public static DomainException malformed(DetailMessage message, Object... arguments) {
		return new DomainException(ProblemCode.MALFORMED_REQUEST, message, arguments);
	}

	/**
	 * A field has an invalid value. The problem names the field, so that a user interface
	 * can show the message next to it.
	 */
	public static DomainException invalidField(String field, DetailMessage message, Object... arguments) {
		return new DomainException(ProblemCode.INVALID_FIELD, message, arguments).with("field", field);
	}

	/**
	 * Returns a copy with a further property for programs.
	 */
	public DomainException with(String name, Object value) {
		Map<String, Object> extended = new LinkedHashMap<>(this.properties);
		extended.put(name, value);
		return new DomainException(this.code, this.sentence, extended, this.retryAfter, this.locale);
	}

	public DomainException retryAfter(Duration wait) {
		return new DomainException(this.code, this.sentence, this.properties, wait, this.locale);
	}

	/**
	 * Returns a copy that is rendered in a fixed language instead of the requested one.
	 */
	public DomainException in(Locale language) {
		return new DomainException(this.code, this.sentence, this.properties, this.retryAfter, language);
	}

	public ProblemCode code() {
		return this.code;
	}

	/**
	 * The message, null if the title of the code explains the problem sufficiently.
	 */
	public @Nullable Sentence sentence() {
		return this.sentence;
	}

	public Map<String, Object> properties() {
		return this.properties;
	}

	/**
	 * How long to wait before the same request can succeed, null if unknown.
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * The fixed language, null to use the requested one.
	 */
	public @Nullable Locale locale() {
		return this.locale;
	}

	/**
	 * A message that is not translated yet.
	 */
	public record Sentence(DetailMessage message, List<Object> arguments) {

		@Override
		public String toString() {
			return this.message.key() + this.arguments;
		}

	}

}
