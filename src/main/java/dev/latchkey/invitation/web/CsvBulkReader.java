package dev.latchkey.invitation.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.http.BodyLine;
import dev.latchkey.http.CsvParser;
import dev.latchkey.invitation.BulkLine;
import dev.latchkey.invitation.web.InvitationHandler.CreateRequest;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ValidityDays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a bulk request from a CSV table as people have it: written by any
 * spreadsheet, or exported by this service. The first record contains the names of the
 * columns, in any order; before it, a line such as {@code sep=;} can name the separator
 * (Microsoft Excel). Columns that are not known are ignored.
 */
class CsvBulkReader {

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private static final Pattern SEPARATOR_LINE = Pattern.compile("(?i)\"?sep=([^\"])\"?");

	private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

	private final BulkLineReader reader;

	private final TableVocabulary vocabulary;

	private final boolean requiresPermissions;

	private List<Character> separators = TableHeader.SEPARATORS;

	private boolean begun;

	private @Nullable TableHeader header;

	private long headerLine;

	/**
	 * Creates a reader for one table.
	 * @param requiresPermissions whether to refuse a table without a column for the
	 * permissions
	 */
	CsvBulkReader(BulkLineReader reader, TableVocabulary vocabulary, boolean requiresPermissions) {
		this.reader = reader;
		this.vocabulary = vocabulary;
		this.requiresPermissions = requiresPermissions;
	}

	/**
	 * Reads the next records of the table. Empty rows are skipped.
	 * @throws DomainException if the first record does not contain the names of the
	 * columns
	 */
	List<BulkLine> read(List<BodyLine> records) {
		List<BulkLine> lines = new ArrayList<>();
		for (BodyLine record : records) {
			TableHeader known = this.header;
			if (known == null) {
				readHeader(record);
			}
			else {
				row(known, record).ifPresent(lines::add);
			}
		}
		return lines;
	}

	/**
	 * Whether joined lines are a record of this table.
	 */
	boolean isRecord(BodyLine joined) {
		try {
			TableHeader known = this.header;
			if (known != null) {
				known.row(joined.text());
				return true;
			}
			return this.separators.stream().anyMatch((separator) -> CsvParser.isRecord(joined.text(), separator));
		}
		catch (DomainException ex) {
			return false;
		}
	}

	/**
	 * The columns that are ignored, empty if there are none or the header has not been
	 * read.
	 */
	Optional<BulkResultLine> ignoredColumns() {
		return Optional.ofNullable(this.header)
			.map(TableHeader::unknown)
			.filter((columns) -> !columns.isEmpty())
			.map((columns) -> BulkResultLine.columnsIgnored(this.headerLine, columns));
	}

	private void readHeader(BodyLine record) {
		String text = this.begun ? record.text() : record.text().replaceFirst("^" + BYTE_ORDER_MARK, "");
		Matcher separatorLine = SEPARATOR_LINE.matcher(text);
		if (!this.begun && separatorLine.matches()) {
			this.separators = List.of(separatorLine.group(1).charAt(0));
		}
		else {
			TableHeader parsed = TableHeader.of(text, this.separators, this.vocabulary);
			this.header = this.requiresPermissions ? parsed.require(TableColumn.PERMISSIONS) : parsed;
			this.headerLine = record.number();
		}
		this.begun = true;
	}

	private Optional<BulkLine> row(TableHeader known, BodyLine record) {
		try {
			TableHeader.Row row = known.row(record.text());
			return row.isEmpty() ? Optional.empty() : Optional.of(line(record.number(), row));
		}
		catch (DomainException problem) {
			return Optional.of(new BulkLine.Unreadable(record.number(), problem, Optional.empty()));
		}
	}

	private BulkLine line(long number, TableHeader.Row row) {
		String days = row.cell(TableColumn.EXPIRES_IN_DAYS);
		if (days.isEmpty()) {
			return this.reader.line(number, request(row, null));
		}
		return WHOLE_NUMBER.matcher(days).matches() ? this.reader.line(number, request(row, Integer.valueOf(days)))
				: new BulkLine.Unreadable(number, ValidityDays.outOfRange(), Optional.of(request(row, null).entered()));
	}

	private CreateRequest request(TableHeader.Row row, @Nullable Integer days) {
		String locale = row.cell(TableColumn.LOCALE);
		return new CreateRequest(row.cell(TableColumn.EMAIL),
				List.copyOf(this.vocabulary.permissions(row.cell(TableColumn.PERMISSIONS))),
				locale.isEmpty() ? null : this.vocabulary.languageTag(locale), days);
	}

}
