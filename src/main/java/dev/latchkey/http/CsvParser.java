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
 * Reads one record of comma-separated values (RFC 4180), and takes back the apostrophe
 * with which {@link CsvEncoder} protects a cell.
 */
public final class CsvParser {

	private CsvParser() {
	}

	/**
	 * The cells of a record, without leading and trailing white space.
	 * @param separator a comma, or what a spreadsheet writes instead, such as a semicolon
	 * @throws DomainException {@link ProblemCode#MALFORMED_REQUEST}
	 */
	public static List<String> cells(String text, char separator) {
		if (text.chars().filter((character) -> character == '"').count() % 2 != 0) {
			throw DomainException.malformed(DetailMessage.CSV_QUOTE_UNCLOSED);
		}
		try (CsvReader<CsvRecord> reader = CsvReader.builder()
			.fieldSeparator(separator)
			.trimWhitespacesAroundQuotes(separator != '\t')
			.ofCsvRecord(text)) {
			List<CsvRecord> records = reader.stream().toList();
			if (records.size() == 1) {
				return records.get(0).getFields().stream().map(String::strip).map(CsvEncoder::unprotected).toList();
			}
		}
		catch (CsvParseException | IOException | UncheckedIOException ex) {
			throw unreadable();
		}
		throw unreadable();
	}

	/**
	 * Whether a text is exactly one record.
	 */
	public static boolean isRecord(String text, char separator) {
		try {
			cells(text, separator);
			return true;
		}
		catch (DomainException ex) {
			return false;
		}
	}

	private static DomainException unreadable() {
		return DomainException.malformed(DetailMessage.CSV_UNREADABLE);
	}

}
