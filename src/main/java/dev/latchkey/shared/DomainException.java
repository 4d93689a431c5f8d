package dev.latchkey.shared;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A refusal that the caller can understand: a stable code, a sentence in whichever
 * language, and what a program needs to go on. It knows nothing of HTTP and never carries
 * a secret.
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
		// A refusal is an answer, not a fault: no stack is walked for it.
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
	 * Read and refused: names the field, so that a screen can show the sentence beside
	 * it.
	 */
	public static DomainException invalidField(String field, DetailMessage message, Object... arguments) {
		return new DomainException(ProblemCode.INVALID_FIELD, message, arguments).with("field", field);
	}

	/**
	 * Adds a member to the problem that a program can read.
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
	 * Says it in this language, whatever the caller asks for.
	 */
	public DomainException in(Locale language) {
		return new DomainException(this.code, this.sentence, this.properties, this.retryAfter, language);
	}

	public ProblemCode code() {
		return this.code;
	}

	/**
	 * What is the matter here, where more can be said than the code's title.
	 */
	public @Nullable Sentence sentence() {
		return this.sentence;
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

	/**
	 * The language to say it in, if it is not the caller's choice.
	 */
	public @Nullable Locale locale() {
		return this.locale;
	}

	/**
	 * A sentence before it is put into words.
	 */
	public record Sentence(DetailMessage message, List<Object> arguments) {

		@Override
		public String toString() {
			return this.message.key() + this.arguments;
		}

	}

}
