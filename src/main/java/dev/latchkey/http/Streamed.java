package dev.latchkey.http;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers of any length, piece by piece, each flushed by itself. A fault before the first
 * piece is a problem like any other; a later one cuts the connection, so that nobody
 * takes half of an answer for the whole.
 */
public final class Streamed {

	private Streamed() {
	}

	/**
	 * Starts an answer that is neither kept nor held back on its way.
	 */
	public static ServerResponse.BodyBuilder ok(MediaType type) {
		return ServerResponse.ok()
			.contentType(type)
			.header(HttpHeaders.CACHE_CONTROL, "no-store")
			.header("X-Accel-Buffering", "no");
	}

	/**
	 * Writes pieces as they come; some of them may wait in memory for a slow reader.
	 */
	public static Mono<ServerResponse> write(ServerResponse.BodyBuilder answer, Flux<byte[]> pieces) {
		return writeEach(answer, pieces.map(Mono::just));
	}

	/**
	 * Writes pieces that are made one by one, each when the one before has been written.
	 */
	public static Mono<ServerResponse> writeEach(ServerResponse.BodyBuilder answer,
			Flux<? extends Mono<byte[]>> pieces) {
		return answer.body((response, context) -> {
			DataBufferFactory buffers = response.bufferFactory();
			Flux<Publisher<DataBuffer>> groups = pieces.map((piece) -> piece.map(buffers::wrap));
			return response.writeAndFlushWith(groups);
		});
	}

}
