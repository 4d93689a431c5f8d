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
 * Writes responses of any length in pieces. An error before the first piece becomes a
 * normal problem response; a later one closes the connection, so that clients notice that
 * the response is incomplete.
 */
public final class StreamingResponses {

	private StreamingResponses() {
	}

	/**
	 * Starts a response that caches do not store and proxies do not buffer.
	 */
	public static ServerResponse.BodyBuilder ok(MediaType type) {
		return ServerResponse.ok()
			.contentType(type)
			.header(HttpHeaders.CACHE_CONTROL, "no-store")
			.header("X-Accel-Buffering", "no");
	}

	/**
	 * Writes pieces as they arrive, and flushes after each.
	 */
	public static Mono<ServerResponse> write(ServerResponse.BodyBuilder builder, Flux<byte[]> pieces) {
		return writeGroups(builder, pieces.map(Mono::just));
	}

	/**
	 * Writes groups of pieces, and flushes after each group. The next group is subscribed
	 * to when all pieces of the previous one have been taken. The HTTP server holds up to
	 * 128 pieces of any size for a slow client, so pieces should be small.
	 */
	public static Mono<ServerResponse> writeGroups(ServerResponse.BodyBuilder builder,
			Flux<? extends Publisher<byte[]>> groups) {
		return builder.body((response, context) -> {
			DataBufferFactory buffers = response.bufferFactory();
			Flux<Publisher<DataBuffer>> wrapped = groups.map((group) -> Flux.from(group).map(buffers::wrap));
			return response.writeAndFlushWith(wrapped);
		});
	}

}
