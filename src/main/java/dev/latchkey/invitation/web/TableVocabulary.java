package dev.latchkey.invitation.web;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.latchkey.language.Languages;
import dev.latchkey.permission.web.PermissionNames;

/**
 * The words that people write in a table of invitations, in all languages of the service:
 * names of columns, of permissions and of languages.
 */
final class TableVocabulary {

	private static final Pattern LIST_SEPARATOR = Pattern.compile("\\|");

	private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

	private final Map<String, TableColumn> columns = new HashMap<>();

	private final Map<String, String> languageTags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private final PermissionNames permissions;

	/**
	 * Creates the vocabulary. This loads the names of languages, which may block.
	 */
	TableVocabulary(Languages languages) {
		this.permissions = PermissionNames.of(languages);
		for (TableColumn column : TableColumn.values()) {
			this.columns.put(letters(column.field()), column);
			languages.supported()
				.stream()
				.map((language) -> languages.translations(language).text(column.namesKey()))
				.flatMap(LIST_SEPARATOR::splitAsStream)
				.forEach((name) -> this.columns.put(letters(name), column));
		}
		for (Locale language : languages.supported()) {
			languages.supported()
				.forEach((in) -> this.languageTags.put(language.getDisplayLanguage(in), language.toLanguageTag()));
		}
	}

	/**
	 * The column with a name. Only its letters and digits count: {@code E-Mail} is the
	 * same as {@code email}.
	 */
	Optional<TableColumn> column(String name) {
		return Optional.ofNullable(this.columns.get(letters(name)));
	}

	/**
	 * The keys of the permissions in a cell, and a name that is not known as it is.
	 */
	List<String> permissions(String cell) {
		return this.permissions.parse(cell);
	}

	/**
	 * The language tag that a cell contains or names. A cell with anything else is
	 * returned as it is.
	 */
	String languageTag(String cell) {
		return this.languageTags.getOrDefault(cell, cell.replace('_', '-'));
	}

	private static String letters(String name) {
		return NO_LETTERS.matcher(Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT))
			.replaceAll("");
	}

}
