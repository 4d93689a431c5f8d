package dev.latchkey.http;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers whole lists, as newline-delimited JSON for programs and as comma-separated
 * values for people. Both say the feed position that they are true for.
 */
public class ListStreams {

	/** The position behind which the feed tells what the list does not know yet. */
	public static final String POSITION = "Feed-Position";

	private final Ndjson json;

	ListStreams(Ndjson json) {
		this.json = json;
	}

	/**
	 * Streams a JSON object for each row.
	 */
	public <T> Mono<ServerResponse> ndjson(Rows<T> rows, Function<? super T, ?> payload) {
		return StreamingResponses.writeGroups(
				StreamingResponses.ok(MediaType.APPLICATION_NDJSON).header(POSITION, rows.position()),
				rows.each((row) -> this.json.write(List.of(payload.apply(row)))));
	}

	/**
	 * Streams a table for a file of this name.
	 * @param columns the header row
	 */
	public <T> Mono<ServerResponse> csv(Rows<T> rows, String file, List<String> columns,
			Function<? super T, List<@Nullable Object>> cells) {
		Flux<Flux<byte[]>> header = Flux.just(Flux.just(CsvEncoder.row(columns)));
		return StreamingResponses.writeGroups(StreamingResponses.ok(MediaTypes.CSV)
			.header(POSITION, rows.position())
			.header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(file).build().toString()),
				header.concatWith(rows.each((row) -> CsvEncoder.row(cells.apply(row)))));
	}

	/**
	 * The rows of a list.
	 *
	 * @param position the feed position that the list is true for: what changed while it
	 * was read is in the feed behind it
	 * @param pages as of {@link PagedRows#of}
	 */
	public record Rows<T>(String position, Flux<Mono<List<T>>> pages) {

		private Flux<Flux<byte[]>> each(Function<? super T, byte[]> encoding) {
			return this.pages.map((page) -> page.flatMapIterable((items) -> items).map(encoding));
		}

	}

}
