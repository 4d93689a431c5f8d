package dev.latchkey.http;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import org.jspecify.annotations.Nullable;

/**
 * Writes comma-separated values (RFC 4180) that are safe to open in a spreadsheet: a cell
 * that would be run as a formula gets an apostrophe as its first character (OWASP, CSV
 * injection).
 */
public final class CsvEncoder {

	/** Full-width characters start a formula too. */
	private static final String FORMULA = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

	private static final CsvWriter.CsvWriterBuilder WRITERS = CsvWriter.builder()
		.bufferSize(0)
		.lineDelimiter(LineDelimiter.CRLF);

	private CsvEncoder() {
	}

	/**
	 * Encodes a row with its line end.
	 * @param cells are written as their {@code toString}, null as an empty cell
	 */
	public static byte[] row(List<? extends @Nullable Object> cells) {
		StringWriter row = new StringWriter();
		try (CsvWriter writer = WRITERS.build(row)) {
			writer.writeRecord(cells.stream().map(CsvEncoder::cell).toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("a row in memory can't fail to be written", ex);
		}
		return row.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String cell(@Nullable Object value) {
		String text = Objects.toString(value, "");
		return startsFormula(text, 0) ? "'" + text : text;
	}

	/**
	 * The text of a cell without the apostrophe in front of a formula.
	 */
	static String unprotected(String cell) {
		return (cell.startsWith("'") && startsFormula(cell, 1)) ? cell.substring(1) : cell;
	}

	private static boolean startsFormula(String text, int index) {
		return text.length() > index && FORMULA.indexOf(text.charAt(index)) >= 0;
	}

}
