package dev.latchkey.shared;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Explains why a text is not an e-mail address.
 */
final class EmailAddressRefusal {

	/** What separates addresses or encloses one after a name. */
	private static final Pattern SEPARATORS = Pattern.compile("[\\s,;|<>]+", Pattern.UNICODE_CHARACTER_CLASS);

	private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

	private EmailAddressRefusal() {
	}

	/**
	 * The problem of a text that is not an address.
	 * @param text the text without white space at its ends
	 */
	static DomainException of(String text) {
		OptionalInt invisible = InvisibleCharacters.first(text);
		OptionalInt foreign = localPart(text).codePoints().filter((codePoint) -> codePoint >= 0x80).findFirst();
		if (!text.isEmpty() && text.indexOf('@') < 0) {
			return refusal(DetailMessage.EMAIL_WITHOUT_AT_SIGN);
		}
		if (isList(text)) {
			return refusal(DetailMessage.EMAIL_SEVERAL);
		}
		if (invisible.isPresent()) {
			return refusal(DetailMessage.EMAIL_INVISIBLE_CHARACTER, codePoint(invisible.getAsInt()));
		}
		if (isNamed(text)) {
			return refusal(DetailMessage.EMAIL_WITH_NAME);
		}
		if (isTooLong(text)) {
			return refusal(DetailMessage.EMAIL_TOO_LONG, EmailAddress.MAX_LENGTH, EmailAddress.MAX_LOCAL_LENGTH,
					MailDomain.MAX_LABEL_LENGTH);
		}
		if (foreign.isPresent()) {
			return refusal(DetailMessage.EMAIL_LOCAL_PART_NOT_ASCII, name(foreign.getAsInt()));
		}
		boolean hasDomain = text.indexOf('@') > 0 && !domain(text).isEmpty();
		return refusal((hasDomain && domain(text).indexOf('.') < 0) ? DetailMessage.EMAIL_DOMAIN_WITHOUT_DOT
				: DetailMessage.EMAIL_INVALID);
	}

	/**
	 * An address and the same address as its name are not a list.
	 */
	private static boolean isList(String text) {
		return Arrays.stream(SEPARATORS.split(text, -1))
			.filter((part) -> part.indexOf('@') >= 0)
			.distinct()
			.count() > 1;
	}

	private static boolean isNamed(String text) {
		String[] words = WHITE_SPACE.split(text, -1);
		return text.indexOf('<') >= 0 || text.indexOf('>') >= 0 || (words.length > 1
				&& Arrays.stream(words).anyMatch((word) -> word.indexOf('@') > 0 && !word.endsWith("@")));
	}

	private static boolean isTooLong(String text) {
		return text.length() > EmailAddress.MAX_LENGTH || localPart(text).length() > EmailAddress.MAX_LOCAL_LENGTH
				|| asciiLength(text) > EmailAddress.MAX_LENGTH || Arrays.stream(domain(text).split("\\.", -1))
					.anyMatch((label) -> label.length() > MailDomain.MAX_LABEL_LENGTH);
	}

	private static int asciiLength(String text) {
		return localPart(text).length() + 1 + MailDomain.toAscii(domain(text)).map(String::length).orElse(0);
	}

	private static String localPart(String text) {
		return text.substring(0, Math.max(text.lastIndexOf('@'), 0));
	}

	private static String domain(String text) {
		return text.substring(text.lastIndexOf('@') + 1);
	}

	private static String name(int codePoint) {
		return Character.isLetterOrDigit(codePoint) ? Character.toString(codePoint) : codePoint(codePoint);
	}

	private static String codePoint(int codePoint) {
		return "U+%04X".formatted(codePoint);
	}

	private static DomainException refusal(DetailMessage message, Object... arguments) {
		return new DomainException(ProblemCode.INVALID_EMAIL, message, arguments).with("field", "email");
	}

}
