package dev.latchkey.http;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lines are joined if a quoted cell contains line breaks. A forgotten quotation mark
 * spoils only its own line.
 */
class CsvRecordsTests {

	@Test
	void linesWithoutALineBreakInACellAreRecords() {
		assertThat(records("a,\"b\"", "c,d")).containsExactly("1 a,\"b\"", "2 c,d");
	}

	@Test
	void aQuotedCellMayGoOnInTheNextLines() {
		assertThat(records("a,\"b", "c", "d\"", "e,f")).containsExactly("1 a,\"b\nc\nd\"", "4 e,f");
	}

	@Test
	void aForgottenQuotationMarkSpoilsOnlyItsLine() {
		assertThat(records("\"a,b", "c,d", "e,f")).containsExactly("1 \"a,b", "2 c,d", "3 e,f");
		assertThat(records("\"a,b", "c,\"d", "e,f")).containsExactly("1 \"a,b", "2 c,\"d", "3 e,f");
		assertThat(records("\"a,b", "c,\"d\"", "\"e\",f")).containsExactly("1 \"a,b", "2 c,\"d\"", "3 \"e\",f");
	}

	@Test
	void aJoinedRecordMayFollowAForgottenQuotationMark() {
		assertThat(records("\"a,b", "c,\"d", "e\"")).containsExactly("1 \"a,b", "2 c,\"d\ne\"");
	}

	@Test
	void aRecordHasUpTo16Kibibytes() {
		String half = "b".repeat(BodyLine.MAX_LENGTH / 2);
		assertThat(records("\"" + half, half.substring(3) + "\"", "c,d")).hasSize(2);
		assertThat(records("\"" + half, half.substring(2) + "\"", "c,d")).hasSize(3);
	}

	@Test
	void whatFollowsALongUnfinishedRecordIsNotLost() {
		String[] lines = IntStream.range(0, 5000)
			.mapToObj((number) -> (number == 0) ? "\"a" : "line" + number)
			.toArray(String[]::new);
		assertThat(records(lines)).hasSize(5000).startsWith("1 \"a", "2 line1").endsWith("5000 line4999");
	}

	@Test
	void aLineThatIsTooLongIsARecordOfItsOwn() {
		List<BodyLine> lines = List.of(TextLine.of(1, "\"a"), TextLine.tooLong(2), TextLine.of(3, "b"));
		assertThat(CsvRecords.of(Flux.just(lines), CsvRecordsTests::isRecord)
			.flatMapIterable((batch) -> batch)
			.map(BodyLine::number)
			.collectList()
			.block()).containsExactly(1L, 2L, 3L);
	}

	@Test
	void recordsDoNotWaitForMoreInput() {
		TestPublisher<List<BodyLine>> batches = TestPublisher.create();
		StepVerifier.create(CsvRecords.of(batches.flux(), CsvRecordsTests::isRecord).map(List::size))
			.then(() -> batches.next(List.of(TextLine.of(1, "a"), TextLine.of(2, "\"b"))))
			.expectNext(1)
			.then(() -> batches.next(List.of(TextLine.of(3, "c\""))))
			.expectNext(1)
			.then(batches::complete)
			.verifyComplete();
	}

	private static boolean isRecord(BodyLine joined) {
		return CsvParser.isRecord(joined.text(), ',');
	}

	private static List<String> records(String... lines) {
		List<BodyLine> records = CsvRecords.of(Flux.just(TextLine.batch(lines)), CsvRecordsTests::isRecord)
			.flatMapIterable((batch) -> batch)
			.collectList()
			.blockOptional()
			.orElseThrow();
		return records.stream().map((line) -> line.number() + " " + line.text()).toList();
	}

}
