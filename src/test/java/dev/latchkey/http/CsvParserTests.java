package dev.latchkey.http;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.latchkey.testing.Refusals.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A line of comma-separated values is one row.
 */
class CsvParserTests {

	@Test
	void cellsAreSeparatedByTheChosenCharacter() {
		assertThat(CsvParser.cells("a,b;c", ',')).containsExactly("a", "b;c");
		assertThat(CsvParser.cells("a,b;c", ';')).containsExactly("a,b", "c");
	}

	@Test
	void cellsAreStripped() {
		assertThat(CsvParser.cells(" a ,\tb\t,\" c \"", ',')).containsExactly("a", "b", "c");
	}

	@Test
	void emptyCellsAreKept() {
		assertThat(CsvParser.cells(",a,,\"\",", ',')).containsExactly("", "a", "", "", "");
	}

	@Test
	void aQuotedCellMayContainTheSeparatorAndDoubledQuotes() {
		assertThat(CsvParser.cells("\"a,b\",\"say \"\"hi\"\"\"", ',')).containsExactly("a,b", "say \"hi\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"a", "a,\"b", "a\"", "\"a\",\"", "\"a\"\"" })
	void aLoneQuoteIsRefused(String line) {
		DomainException refusal = refusalOf(() -> CsvParser.cells(line, ','));
		assertThat(refusal.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST);
		assertThat(message(refusal)).isEqualTo(DetailMessage.CSV_QUOTE_UNCLOSED);
	}

	@Test
	void aQuotedCellMayContainLineBreaks() {
		assertThat(CsvParser.cells("\"a\nb\",c", ',')).containsExactly("a\nb", "c");
	}

	@Test
	void spacesAroundQuotesDoNotCount() {
		assertThat(CsvParser.cells("\"a\" , \"b,c\"", ',')).containsExactly("a", "b,c");
		assertThat(CsvParser.cells("\t\"b\tc\"\t", '\t')).containsExactly("", "b\tc", "");
	}

	@Test
	void theApostropheInFrontOfAFormulaIsTakenBack() {
		assertThat(CsvParser.cells("'+a@example.com,'=1,'a,',''", ',')).containsExactly("+a@example.com", "=1", "'a",
				"'", "''");
	}

	@Test
	void twoLinesAreNotOneRecord() {
		assertThat(CsvParser.isRecord("a,b", ',')).isTrue();
		assertThat(CsvParser.isRecord("a,b\nc,d", ',')).isFalse();
		assertThat(CsvParser.isRecord("\"a\nb\"c,d", ',')).isFalse();
	}

	private static @Nullable DetailMessage message(DomainException refusal) {
		return (refusal.sentence() != null) ? refusal.sentence().message() : null;
	}

}
