package dev.latchkey.http;

import java.nio.charset.StandardCharsets;
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
 * Streams whole lists, as newline-delimited JSON for programs and as comma-separated
 * values for spreadsheets. Both responses contain the feed position of the list.
 */
public class ListStreams {

	/** Without the charset, spreadsheets and browsers guess another one. */
	private static final MediaType CSV = new MediaType(MediaTypes.CSV, StandardCharsets.UTF_8);

	/** The header with the feed position at which the list is correct. */
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
				rows.encode((row) -> this.json.write(List.of(payload.apply(row)))));
	}

	/**
	 * Streams a table as a download with this file name.
	 * @param columns the header row
	 */
	public <T> Mono<ServerResponse> csv(Rows<T> rows, String file, List<String> columns,
			Function<? super T, List<@Nullable Object>> cells) {
		Flux<Flux<byte[]>> header = Flux.just(Flux.just(CsvEncoder.row(columns)));
		return StreamingResponses.writeGroups(StreamingResponses.ok(CSV)
			.header(POSITION, rows.position())
			.header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(file).build().toString()),
				header.concatWith(rows.encode((row) -> CsvEncoder.row(cells.apply(row)))));
	}

	/**
	 * The rows of a list.
	 *
	 * @param position the feed position of the list: changes made while it was read are
	 * in the feed after it
	 * @param pages from {@link PagedRows#of}
	 */
	public record Rows<T>(String position, Flux<Mono<List<T>>> pages) {

		private Flux<Flux<byte[]>> encode(Function<? super T, byte[]> encoding) {
			return this.pages.map((page) -> page.flatMapIterable((items) -> items).map(encoding));
		}

	}

}
