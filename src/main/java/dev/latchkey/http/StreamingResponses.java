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
 * Answers of any length, piece by piece. A fault before the first piece is a problem like
 * any other; a later one cuts the connection, so that nobody takes half of an answer for
 * the whole.
 */
public final class StreamingResponses {

	private StreamingResponses() {
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
	 * Writes pieces as they come, each flushed by itself.
	 */
	public static Mono<ServerResponse> write(ServerResponse.BodyBuilder answer, Flux<byte[]> pieces) {
		return writeGroups(answer, pieces.map(Mono::just));
	}

	/**
	 * Writes groups of pieces, each group flushed by itself. The next group is subscribed
	 * to when the pieces of the one before have been taken. The server below holds up to
	 * 128 pieces for a reader who is slow, of whatever size: so they should be small.
	 */
	public static Mono<ServerResponse> writeGroups(ServerResponse.BodyBuilder answer,
			Flux<? extends Publisher<byte[]>> groups) {
		return answer.body((response, context) -> {
			DataBufferFactory buffers = response.bufferFactory();
			Flux<Publisher<DataBuffer>> wrapped = groups.map((group) -> Flux.from(group).map(buffers::wrap));
			return response.writeAndFlushWith(wrapped);
		});
	}

}
