package dev.latchkey.shared;

import java.util.Locale;

/**
 * What can be the matter with one request, beyond what its {@link ProblemCode} says of
 * all. The sentences themselves are in the bundles of the languages.
 */
public enum DetailMessage {

	ONE_ADDRESS, LANGUAGE_UNKNOWN, BLANK, TOO_LONG, INVISIBLE_CHARACTERS, PASSWORD_LENGTH, PASSWORD_COMMON,
	PASSWORD_WRONG, PERMISSION_UNKNOWN, PERMISSION_WANTED, STATUS_UNKNOWN, EVENT_TYPE_UNKNOWN, BODY_MISSING,
	BODY_UNWANTED, BODY_NOT_AN_OBJECT, BODY_NOT_JSON, LINES_MISSING, LINE_NOT_UTF8, LINE_NOT_AN_OBJECT, CSV_UNREADABLE,
	CSV_QUOTE_OPEN, CSV_COLUMNS, CSV_CELLS, DAYS_OUT_OF_RANGE, FIELD_MISSING, FIELD_UNKNOWN, FIELD_OF_WRONG_TYPE,
	PARAMETER_UNKNOWN, PARAMETER_TWICE, QUERY_NOT_UTF8, SEARCH_TOO_LONG, LIMIT_OUT_OF_RANGE, ID_NOT_PLAIN,
	IDEMPOTENCY_KEY, MEDIA_TYPE_UNREADABLE, NOT_PLAIN;

	/**
	 * The key of the sentence.
	 */
	public String key() {
		return "detail." + name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
