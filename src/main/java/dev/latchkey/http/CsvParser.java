package dev.latchkey.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;

/**
 * Reads one line of comma-separated values (RFC 4180). A row is always one line: cells
 * cannot contain line breaks, so an unclosed quote affects only its own row.
 */
public final class CsvParser {

	private CsvParser() {
	}

	/**
	 * The cells of a line, without leading and trailing white space.
	 * @param separator a comma, or a semicolon as some spreadsheets write it
	 * @throws DomainException {@link ProblemCode#MALFORMED_REQUEST}
	 */
	public static List<String> cells(String line, char separator) {
		if (line.chars().filter((character) -> character == '"').count() % 2 != 0) {
			throw DomainException.malformed(DetailMessage.CSV_QUOTE_UNCLOSED);
		}
		try (CsvReader<CsvRecord> reader = CsvReader.builder().fieldSeparator(separator).ofCsvRecord(line)) {
			return reader.stream().flatMap((row) -> row.getFields().stream()).map(String::strip).toList();
		}
		catch (CsvParseException | IOException | UncheckedIOException ex) {
			throw DomainException.malformed(DetailMessage.CSV_UNREADABLE);
		}
	}

}
