package dev.latchkey.http;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.ServerRequest;

import static dev.latchkey.testing.Refusals.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A body is split into lines while it arrives, in any pieces.
 */
class BodyLinesTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Nested
	class Split {

		@Test
		void linesAreNumberedAndBlankOnesCount() {
			assertThat(lines("a\n\n \t\r\nb\r\nc").stream().map(BodyLine::number)).containsExactly(1L, 4L, 5L);
			assertThat(lines("a\n\n \t\r\nb\r\nc").stream().map(BodyLine::text)).containsExactly("a", "b", "c");
		}

		@Test
		void theLastLineNeedsNoLineEnd() {
			assertThat(texts("a\nb")).isEqualTo(texts("a\nb\n")).containsExactly("a", "b");
		}

		@Test
		void anEmptyBodyHasNoLines() {
			assertThat(texts("")).isEmpty();
			assertThat(texts("\n\r\n")).isEmpty();
		}

		@Test
		void aLineMayArriveInManyPieces() {
			assertThat(texts("a", "b", "c\nd", "\n", "e")).containsExactly("abc", "d", "e");
		}

		@Test
		void aCharacterMayArriveInTwoPieces() {
			byte[] bytes = "ä𝔸\n".getBytes(StandardCharsets.UTF_8);
			Flux<byte[]> single = Flux.range(0, bytes.length).map((index) -> new byte[] { bytes[index] });
			StepVerifier.create(BodyLines.ofJson(request(single), TIMEOUT).flatMapIterable((batch) -> batch))
				.assertNext((line) -> assertThat(line.text()).isEqualTo("ä𝔸"))
				.verifyComplete();
		}

		@Test
		void linesThatArrivedTogetherAreOneBatch() {
			StepVerifier.create(BodyLines.ofJson(request(bytes("a\nb\nc", "d\n", "e", "\n")), TIMEOUT).map(List::size))
				.expectNext(2, 1, 1)
				.verifyComplete();
		}

		@Test
		void aBatchDoesNotWaitForMoreInput() {
			TestPublisher<byte[]> body = TestPublisher.create();
			StepVerifier.create(BodyLines.ofJson(request(body.flux()), TIMEOUT))
				.then(() -> body.next("a\nb".getBytes(StandardCharsets.UTF_8)))
				.assertNext((batch) -> assertThat(batch).singleElement().extracting(BodyLine::text).isEqualTo("a"))
				.then(body::complete)
				.assertNext((batch) -> assertThat(batch).singleElement().extracting(BodyLine::text).isEqualTo("b"))
				.verifyComplete();
		}

	}

	@Nested
	class OfATable {

		@ParameterizedTest
		@ValueSource(strings = { "a\nb\nc", "a\r\nb\r\nc\r\n", "a\rb\rc", "a\rb\nc\r\n" })
		void linesEndWithAnyLineEnd(String body) {
			List<BodyLine> lines = table("text/csv", body.getBytes(StandardCharsets.UTF_8));
			assertThat(lines.stream().map(BodyLine::text)).containsExactly("a", "b", "c");
			assertThat(lines.stream().map(BodyLine::number)).containsExactly(1L, 2L, 3L);
		}

		@Test
		void blankLinesAndTabsAreKept() {
			List<BodyLine> lines = table("text/csv", "a\r\r\n\tb\t\r".getBytes(StandardCharsets.UTF_8));
			assertThat(lines.stream().map(BodyLine::text)).containsExactly("a", "\tb\t");
			assertThat(lines.stream().map(BodyLine::number)).containsExactly(1L, 3L);
		}

		@Test
		void aLineEndInTwoPiecesIsOne() {
			StepVerifier
				.create(BodyLines.ofTable(request(bytes("a\r", "\nb")), TIMEOUT)
					.flatMapIterable((batch) -> batch)
					.map(BodyLine::number))
				.expectNext(1L, 2L)
				.verifyComplete();
		}

		@ParameterizedTest
		@CsvSource({ "text/csv, UTF-8", "text/csv;charset=utf-8, UTF-8", "text/csv;charset=ISO-8859-1, ISO-8859-1",
				"text/csv;charset=latin1, ISO-8859-1", "text/csv;charset=windows-1252, windows-1252",
				"text/csv;charset=utf-16, UTF-16", "text/csv;charset=utf-16le, UTF-16LE",
				"text/csv;charset=UTF-16BE, UTF-16BE", "text/csv, UTF-16" })
		void linesAreReadInTheirCharset(String contentType, String charset) {
			byte[] bytes = "Jörg\r\nstraße".getBytes(Charset.forName(charset));
			assertThat(table(contentType, bytes).stream().map(BodyLine::text)).containsExactly("Jörg", "straße");
		}

		@Test
		void aSupplementaryCharacterMayArriveInAnyPieces() {
			assertThat(
					table("text/csv", "\uFEFFä𝔸\n".getBytes(StandardCharsets.UTF_16LE)).stream().map(BodyLine::text))
				.containsExactly("ä𝔸");
		}

		@Test
		void asciiIsReadAsUtf8() {
			assertThat(table("text/csv;charset=us-ascii", "Jörg".getBytes(StandardCharsets.UTF_8)).stream()
				.map(BodyLine::text)).containsExactly("Jörg");
		}

		@ParameterizedTest
		@ValueSource(strings = { "text/csv;charset=utf-32", "text/csv;charset=EUC-KR", "text/csv;charset=klingon",
				"text/csv; charset=\"x y\"" })
		void anotherCharsetIsRefused(String contentType) {
			assertThat(refusalOf(() -> table(contentType, new byte[0])).code())
				.isEqualTo(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
		}

		/**
		 * Each byte arrives on its own.
		 */
		private static List<BodyLine> table(String contentType, byte[] body) {
			Flux<byte[]> single = Flux.range(0, body.length).map((index) -> new byte[] { body[index] });
			return BodyLines.ofTable(request(contentType, single), TIMEOUT)
				.flatMapIterable((batch) -> batch)
				.collectList()
				.blockOptional()
				.orElseThrow();
		}

	}

	@Nested
	class OfJson {

		@Test
		void isUtf8() {
			assertThat(BodyLines.ofJson(request("application/x-ndjson;charset=UTF-8", Flux.empty()), TIMEOUT))
				.isNotNull();
		}

		@ParameterizedTest
		@ValueSource(strings = { "iso-8859-1", "utf-16", "us-ascii", "klingon" })
		void inAnotherCharsetIsRefused(String charset) {
			assertThat(refusalOf(
					() -> BodyLines.ofJson(request("application/x-ndjson;charset=" + charset, Flux.empty()), TIMEOUT))
				.code()).isEqualTo(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
		}

	}

	@Nested
	class Limits {

		@Test
		void aLineHasUpTo16Kibibytes() {
			String longest = "a".repeat(BodyLine.MAX_LENGTH);
			assertThat(texts(longest + "\n")).containsExactly(longest);
			assertThat(texts(longest.substring(1), "a\nb")).containsExactly(longest, "b");
		}

		@Test
		void onlyTheLineThatIsTooLongIsRefused() {
			List<BodyLine> lines = lines("a\n" + "b".repeat(BodyLine.MAX_LENGTH), "b\nc");
			assertThat(lines).hasSize(3);
			assertThat(refusalOf(() -> lines.get(1).text()).code()).isEqualTo(ProblemCode.BODY_TOO_LARGE);
			assertThat(lines.get(2).number()).isEqualTo(3);
			assertThat(lines.get(2).text()).isEqualTo("c");
		}

		@Test
		void onlyTheLineThatIsNotUtf8IsRefused() {
			Flux<byte[]> body = Flux.just(new byte[] { (byte) 0xC0, (byte) 0x80, '\n', 'b' });
			StepVerifier.create(BodyLines.ofJson(request(body), TIMEOUT).flatMapIterable((batch) -> batch))
				.assertNext((line) -> assertThat(refusalOf(line::text).code()).isEqualTo(ProblemCode.MALFORMED_REQUEST))
				.assertNext((line) -> assertThat(line.text()).isEqualTo("b"))
				.verifyComplete();
		}

	}

	@Nested
	class Failures {

		@Test
		void aPauseThatIsTooLongEndsTheRequest() {
			Supplier<Flux<List<BodyLine>>> lines = () -> BodyLines.ofJson(request(Flux.never()), TIMEOUT);
			StepVerifier.withVirtualTime(lines)
				.expectSubscription()
				.expectNoEvent(TIMEOUT.minusMillis(1))
				.thenAwait(Duration.ofMillis(1))
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(DomainException.class,
						(refusal) -> assertThat(refusal.code()).isEqualTo(ProblemCode.REQUEST_TIMEOUT)));
		}

		@Test
		void theTimeoutIsForEachPauseAndNotForTheWholeBody() {
			Duration pause = TIMEOUT.minusSeconds(1);
			Supplier<Flux<List<BodyLine>>> lines = () -> BodyLines.ofJson(
					request(Flux.interval(pause).take(3).map((tick) -> "a\n".getBytes(StandardCharsets.UTF_8))),
					TIMEOUT);
			StepVerifier.withVirtualTime(lines).thenAwait(pause.multipliedBy(3)).expectNextCount(3).verifyComplete();
		}

		@Test
		void anUnfinishedLineIsDroppedIfTheClientDisconnects() {
			Flux<byte[]> body = bytes("a\nb").concatWith(Flux.error(new IOException("reset")));
			AtomicReference<String> text = new AtomicReference<>();
			StepVerifier.create(BodyLines.ofJson(request(body), TIMEOUT).flatMapIterable((batch) -> batch))
				.consumeNextWith((line) -> text.set(line.text()))
				.verifyError(IOException.class);
			assertThat(text).hasValue("a");
		}

		@Test
		void twoSubscribersDoNotShareTheUnfinishedLine() {
			Flux<List<BodyLine>> lines = BodyLines.ofJson(request(bytes("a", "b")), TIMEOUT);
			for (int subscriber = 0; subscriber < 2; subscriber++) {
				StepVerifier.create(lines.flatMapIterable((batch) -> batch))
					.assertNext((line) -> assertThat(line.text()).isEqualTo("ab"))
					.verifyComplete();
			}
		}

	}

	@Nested
	class Json {

		private final Ndjson json = RouterClient.ndjson();

		@Test
		void aLineIsReadAsAPayload() {
			assertThat(this.json.read(line("{\"name\":\"Ada\"}"), Name.class)).isEqualTo(new Name("Ada"));
		}

		@Test
		void aLineIsReadAsStrictlyAsABody() {
			assertThat(refusalOf(() -> this.json.read(line("{\"nam\":1}"), Name.class)).properties())
				.containsEntry("field", "nam");
			assertThat(refusalOf(() -> this.json.read(line("{\"name\":1}"), Name.class)).properties())
				.containsEntry("field", "name");
			for (String line : List.of("null", "[]", "{", "{} {}", "Ada")) {
				assertThat(refusalOf(() -> this.json.read(line(line), Name.class)).code())
					.isEqualTo(ProblemCode.MALFORMED_REQUEST);
			}
		}

		@Test
		void eachPayloadIsWrittenAsOneLine() {
			assertThat(new String(this.json.write(List.of(new Name("A\nda"), new Name("ä"))), StandardCharsets.UTF_8))
				.isEqualTo("{\"name\":\"A\\nda\"}\n{\"name\":\"ä\"}\n");
		}

		private static BodyLine line(String text) {
			return new BodyLine(1, text.getBytes(StandardCharsets.UTF_8), false);
		}

		record Name(String name) {
		}

	}

	private static List<String> texts(String... pieces) {
		return lines(pieces).stream().map(BodyLine::text).toList();
	}

	private static List<BodyLine> lines(String... pieces) {
		return BodyLines.ofJson(request(bytes(pieces)), TIMEOUT)
			.flatMapIterable((batch) -> batch)
			.collectList()
			.blockOptional()
			.orElseThrow();
	}

	private static Flux<byte[]> bytes(String... pieces) {
		return Flux.fromArray(pieces).map((piece) -> piece.getBytes(StandardCharsets.UTF_8));
	}

	private static ServerRequest request(Flux<byte[]> body) {
		return request("text/plain", body);
	}

	private static ServerRequest request(String contentType, Flux<byte[]> body) {
		Flux<DataBuffer> buffers = body.map(DefaultDataBufferFactory.sharedInstance::wrap);
		return ServerRequest.create(
				MockServerWebExchange
					.from(MockServerHttpRequest.post("/").header("Content-Type", contentType).body(buffers)),
				HandlerStrategies.withDefaults().messageReaders());
	}

}
