package dev.latchkey.invitation.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.http.CsvParser;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The names of the columns of a table, in order, and the character that separates its
 * cells.
 */
final class TableHeader {

	/** What spreadsheets write; the first one counts if several are possible. */
	static final List<Character> SEPARATORS = List.of(',', ';', '\t');

	private static final int MAX_SHOWN_LENGTH = 200;

	private final char separator;

	private final List<String> names;

	private final Map<TableColumn, Integer> positions = new EnumMap<>(TableColumn.class);

	private final List<String> unknown = new ArrayList<>();

	private @Nullable DomainException repeated;

	private TableHeader(char separator, List<String> names, TableVocabulary vocabulary) {
		this.separator = separator;
		this.names = names;
		for (int index = 0; index < names.size(); index++) {
			String name = names.get(index);
			Optional<TableColumn> column = vocabulary.column(name);
			if (column.isEmpty()) {
				this.unknown.add(name);
				continue;
			}
			Integer same = this.positions.putIfAbsent(column.get(), index);
			if (same != null) {
				this.repeated = DomainException.malformed(DetailMessage.CSV_COLUMN_REPEATED, shortened(names.get(same)),
						shortened(name));
			}
		}
	}

	/**
	 * Reads the names of the columns. The separator is the one with which most columns
	 * are known.
	 * @param separators the separators that are possible
	 * @throws DomainException {@link ProblemCode#MALFORMED_REQUEST} if a column occurs
	 * twice or there is none for the address
	 */
	static TableHeader of(String text, List<Character> separators, TableVocabulary vocabulary) {
		TableHeader header = separators.stream()
			.flatMap((separator) -> cells(text, separator).stream()
				.map((names) -> new TableHeader(separator, names, vocabulary)))
			.max(Comparator.<TableHeader>comparingInt((candidate) -> candidate.positions.size())
				.thenComparingInt((candidate) -> candidate.names.size()))
			.orElseThrow(() -> invalid(text));
		if (header.repeated != null) {
			throw header.repeated;
		}
		return header.require(TableColumn.EMAIL);
	}

	/**
	 * Checks that the table has a column.
	 * @throws DomainException {@link ProblemCode#MALFORMED_REQUEST}
	 */
	TableHeader require(TableColumn column) {
		if (!this.positions.containsKey(column)) {
			throw invalid(String.join(", ", this.names));
		}
		return this;
	}

	/**
	 * The names of the columns that are not read, in order. A column without a name has
	 * an empty one.
	 */
	List<String> unknown() {
		return this.unknown;
	}

	/**
	 * Reads a row. Empty cells after the last column do not count.
	 * @throws DomainException {@link ProblemCode#MALFORMED_REQUEST}
	 */
	Row row(String text) {
		List<String> cells = withoutEmptyEnd(CsvParser.cells(text, this.separator), this.names.size());
		if (cells.size() != this.names.size()) {
			throw DomainException.malformed(DetailMessage.CSV_CELL_COUNT);
		}
		return new Row(cells);
	}

	private static Optional<List<String>> cells(String text, char separator) {
		try {
			return Optional.of(withoutEmptyEnd(CsvParser.cells(text, separator), 0));
		}
		catch (DomainException ex) {
			return Optional.empty();
		}
	}

	private static List<String> withoutEmptyEnd(List<String> cells, int minimum) {
		int size = cells.size();
		while (size > minimum && cells.get(size - 1).isEmpty()) {
			size--;
		}
		return cells.subList(0, size);
	}

	private static DomainException invalid(String found) {
		return DomainException.malformed(DetailMessage.CSV_HEADER_INVALID, shortened(found));
	}

	private static String shortened(String text) {
		return (text.length() <= MAX_SHOWN_LENGTH) ? text : text.substring(0, MAX_SHOWN_LENGTH) + "…";
	}

	/**
	 * A row of the table.
	 */
	final class Row {

		private final List<String> cells;

		private Row(List<String> cells) {
			this.cells = cells;
		}

		boolean isEmpty() {
			return this.cells.stream().allMatch(String::isEmpty);
		}

		/**
		 * The cell of a column, empty if the table does not have the column.
		 */
		String cell(TableColumn column) {
			Integer position = TableHeader.this.positions.get(column);
			return (position != null) ? this.cells.get(position) : "";
		}

	}

}
