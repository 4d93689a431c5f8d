package dev.latchkey.invitation.web;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.latchkey.http.BodyLine;
import dev.latchkey.http.CsvParser;
import dev.latchkey.invitation.BulkLine;
import dev.latchkey.invitation.web.InvitationHandler.CreateRequest;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ValidityDays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a bulk request from a CSV table. The first line contains the names
 * of the columns, in any order. If it contains a semicolon and no comma, the separator is
 * the semicolon.
 */
class CsvBulkReader {

	private static final String EMAIL = "email";

	private static final String PERMISSIONS = "permissions";

	private static final String LOCALE = "locale";

	private static final String EXPIRES_IN_DAYS = "expiresInDays";

	private static final Set<String> REQUIRED_COLUMNS = Set.of(EMAIL, PERMISSIONS);

	private static final Set<String> KNOWN_COLUMNS = Set.of(EMAIL, PERMISSIONS, LOCALE, EXPIRES_IN_DAYS);

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private final BulkLineReader reader;

	private @Nullable Header header;

	CsvBulkReader(BulkLineReader reader) {
		this.reader = reader;
	}

	/**
	 * Reads the next lines of the table.
	 * @throws DomainException if the first line does not contain the names of the columns
	 */
	List<BulkLine> read(List<BodyLine> batch) {
		Header known = this.header;
		if (known != null) {
			return rows(known, batch);
		}
		Header parsed = Header.of(batch.get(0));
		this.header = parsed;
		return rows(parsed, batch.subList(1, batch.size()));
	}

	private List<BulkLine> rows(Header columns, List<BodyLine> batch) {
		return batch.stream().map((line) -> this.reader.read(line, () -> columns.request(line))).toList();
	}

	private record Header(char separator, List<String> columns) {

		static Header of(BodyLine line) {
			String text = line.text().replace(BYTE_ORDER_MARK, "");
			char separator = (text.indexOf(';') >= 0 && text.indexOf(',') < 0) ? ';' : ',';
			List<String> columns = CsvParser.cells(text, separator).stream().map(String::strip).toList();
			Set<String> distinct = new LinkedHashSet<>(columns);
			if (distinct.size() != columns.size() || !distinct.containsAll(REQUIRED_COLUMNS)
					|| !KNOWN_COLUMNS.containsAll(distinct)) {
				throw DomainException.malformed(DetailMessage.CSV_HEADER_INVALID);
			}
			return new Header(separator, columns);
		}

		CreateRequest request(BodyLine line) {
			List<String> cells = CsvParser.cells(line.text(), this.separator);
			if (cells.size() != this.columns.size()) {
				throw DomainException.malformed(DetailMessage.CSV_CELL_COUNT);
			}
			return new CreateRequest(cell(cells, EMAIL), Arrays.asList(cell(cells, PERMISSIONS).split("\\s+", -1)),
					optional(cells, LOCALE), days(cells));
		}

		private @Nullable Integer days(List<String> cells) {
			String days = optional(cells, EXPIRES_IN_DAYS);
			try {
				return (days != null) ? Integer.valueOf(days) : null;
			}
			catch (NumberFormatException ex) {
				throw ValidityDays.outOfRange();
			}
		}

		/**
		 * An empty cell counts as a missing value.
		 */
		private @Nullable String optional(List<String> cells, String column) {
			String text = this.columns.contains(column) ? cell(cells, column).strip() : "";
			return text.isEmpty() ? null : text;
		}

		private String cell(List<String> cells, String column) {
			return cells.get(this.columns.indexOf(column));
		}

	}

}
