package dev.latchkey.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Compresses one body (RFC 1952). Each part is flushed at once, so a body that is written
 * in parts is not delayed.
 */
final class Gzip implements AutoCloseable {

	private static final int LEVEL = 6;

	private final DataBufferFactory buffers;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final Stream stream;

	private Gzip(DataBufferFactory buffers) {
		this.buffers = buffers;
		this.stream = open(this.out);
	}

	static Flux<DataBuffer> of(Publisher<? extends DataBuffer> body, DataBufferFactory buffers) {
		return Flux.using(() -> new Gzip(buffers),
				(gzip) -> Flux.from(body).map(gzip::compress).concatWith(Mono.fromSupplier(gzip::end)), Gzip::close);
	}

	/**
	 * Compresses a complete body.
	 */
	static DataBuffer of(DataBuffer body, DataBufferFactory buffers) {
		try (Gzip gzip = new Gzip(buffers)) {
			gzip.write(body);
			return gzip.end();
		}
	}

	@Override
	public void close() {
		this.stream.release();
	}

	private DataBuffer compress(DataBuffer part) {
		write(part);
		return flush();
	}

	private void write(DataBuffer part) {
		try {
			byte[] bytes = new byte[part.readableByteCount()];
			part.read(bytes);
			this.stream.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			DataBufferUtils.release(part);
		}
	}

	private DataBuffer flush() {
		try {
			this.stream.flush();
			return drain();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private DataBuffer end() {
		try {
			this.stream.finish();
			return drain();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private DataBuffer drain() {
		byte[] bytes = this.out.toByteArray();
		this.out.reset();
		return this.buffers.wrap(bytes);
	}

	private static Stream open(ByteArrayOutputStream out) {
		try {
			return new Stream(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A stream whose native memory can be released, however the body ends.
	 */
	private static final class Stream extends GZIPOutputStream {

		Stream(ByteArrayOutputStream out) throws IOException {
			super(out, true);
			this.def.setLevel(LEVEL);
		}

		void release() {
			this.def.end();
		}

	}

}
