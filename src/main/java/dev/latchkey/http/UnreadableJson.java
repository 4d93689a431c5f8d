package dev.latchkey.http;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Translates errors of the JSON parser into problems that name the field and the type
 * that it must have.
 */
final class UnreadableJson {

	private static final int MAX_PATH_LENGTH = 80;

	/**
	 * The first words of the parser's message; it has no exception of its own for this.
	 */
	private static final String REPEATED = "Duplicate Object property";

	/** The types of the fields of payloads. Fields of all other types are objects. */
	private static final Map<Class<?>, DetailMessage> TYPES = Map.of(String.class, DetailMessage.FIELD_NOT_A_STRING,
			Integer.class, DetailMessage.FIELD_NOT_AN_INTEGER, int.class, DetailMessage.FIELD_NOT_AN_INTEGER,
			Boolean.class, DetailMessage.FIELD_NOT_A_BOOLEAN);

	private UnreadableJson() {
	}

	/**
	 * The problem of a body or line that could not be read.
	 */
	static DomainException problem(JacksonException error) {
		if (error instanceof UnrecognizedPropertyException) {
			return field(DetailMessage.FIELD_UNKNOWN, pathOf(error));
		}
		if (error instanceof StreamReadException && error.getOriginalMessage().startsWith(REPEATED)) {
			return field(DetailMessage.FIELD_REPEATED, pathOfRepeated(error));
		}
		if (!error.getPath().isEmpty() && error instanceof InputCoercionException outOfRange) {
			return field(typeMessage(outOfRange.getTargetType()), pathOf(error));
		}
		if (!error.getPath().isEmpty() && error instanceof DatabindException mismatch) {
			return field(mismatchMessage(mismatch), pathOf(error));
		}
		return DomainException.malformed(DetailMessage.BODY_NOT_AN_OBJECT);
	}

	private static DetailMessage mismatchMessage(DatabindException error) {
		if (error instanceof InvalidFormatException format && format.getTargetType() == String.class
				&& format.getValue() instanceof String) {
			return DetailMessage.FIELD_NOT_UNICODE;
		}
		return (error instanceof MismatchedInputException mismatch) ? typeMessage(mismatch.getTargetType())
				: DetailMessage.FIELD_OF_WRONG_TYPE;
	}

	private static DetailMessage typeMessage(@Nullable Class<?> type) {
		if (type == null) {
			return DetailMessage.FIELD_OF_WRONG_TYPE;
		}
		return Collection.class.isAssignableFrom(type) ? DetailMessage.FIELD_NOT_AN_ARRAY
				: TYPES.getOrDefault(type, DetailMessage.FIELD_NOT_AN_OBJECT);
	}

	private static DomainException field(DetailMessage message, String path) {
		return DomainException.malformed(message).with("field", shortened(path));
	}

	private static String pathOf(JacksonException error) {
		return error.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : "[" + step.getIndex() + "]")
			.collect(Collectors.joining("."));
	}

	/**
	 * The path ends with the object, in which the parser has just read the name again.
	 */
	private static String pathOfRepeated(JacksonException error) {
		String object = pathOf(error);
		String name = (error.processor() instanceof JsonParser parser) ? parser.currentName() : "";
		return object.isEmpty() ? name : object + "." + name;
	}

	private static String shortened(String path) {
		return (path.length() <= MAX_PATH_LENGTH) ? path : path.substring(0, MAX_PATH_LENGTH) + "…";
	}

}
