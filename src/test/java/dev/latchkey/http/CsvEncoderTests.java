package dev.latchkey.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A row can be read again, and runs no formula in a spreadsheet.
 */
class CsvEncoderTests {

	@Test
	void aRowEndsWithCarriageReturnAndLineFeed() {
		assertThat(row("a", "b")).isEqualTo("a,b\r\n");
	}

	@Test
	void nullIsAnEmptyCellAndOtherValuesAreText() {
		assertThat(row(1, null, true, "")).isEqualTo("1,,true,\r\n");
	}

	@Test
	void cellsWithSpecialCharactersAreQuoted() {
		assertThat(row("a,b", "say \"hi\"", "two\r\nlines"))
			.isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n");
	}

	@Test
	void theTextIsUtf8WithoutAByteOrderMark() {
		assertThat(CsvEncoder.row(List.of("ä𝔸"))).isEqualTo("ä𝔸\r\n".getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠a" })
	void aFormulaGetsAnApostrophe(String cell) {
		assertThat(row("a", cell)).isEqualTo("a,'" + cell + "\r\n");
	}

	@Test
	void aFormulaAfterWhiteSpaceThatSpreadsheetsSkipGetsAnApostrophe() {
		assertThat(row("\t=1")).isEqualTo("'\t=1\r\n");
		assertThat(row("\r=1")).isEqualTo("\"'\r=1\"\r\n");
	}

	@Test
	void aFormulaThatNeedsQuotesIsInsideThem() {
		assertThat(row("=HYPERLINK(\"https://evil.example\",1)"))
			.isEqualTo("\"'=HYPERLINK(\"\"https://evil.example\"\",1)\"\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=1", "ada@example.com", "1-2", "'=1" })
	void allOtherTextIsUnchanged(String cell) {
		assertThat(row(cell)).isEqualTo(cell + "\r\n");
	}

	private static String row(@Nullable Object... cells) {
		return new String(CsvEncoder.row(Arrays.asList(cells)), StandardCharsets.UTF_8);
	}

}
