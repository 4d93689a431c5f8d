package dev.latchkey.http;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Splits a body of any length into lines while it arrives. Lines that arrived in one
 * buffer form one batch, so batches never wait for more input. At most one buffer and one
 * unfinished line are held in memory.
 */
public final class BodyLines {

	private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

	private long number = 1;

	private boolean tooLong;

	private BodyLines() {
	}

	/**
	 * The lines that are not blank.
	 * @param timeout how long the client may neither send lines nor read the response
	 * @return batches, none of them empty; fails if the client disconnects, and then
	 * discards the unfinished line
	 */
	public static Flux<List<BodyLine>> of(ServerRequest request, Duration timeout) {
		return Flux.defer(() -> {
			BodyLines lines = new BodyLines();
			return request.body(BodyExtractors.toDataBuffers())
				.timeout(timeout)
				.onErrorMap(TimeoutException.class, (ex) -> DomainException.of(ProblemCode.REQUEST_TIMEOUT))
				.map(lines::split)
				.concatWith(Flux.defer(() -> Flux.just(lines.lastLine())))
				.filter((batch) -> !batch.isEmpty());
		}).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	private List<BodyLine> split(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		List<BodyLine> lines = new ArrayList<>();
		int start = 0;
		for (int index = 0; index < bytes.length; index++) {
			if (bytes[index] == '\n') {
				append(bytes, start, index);
				finish(lines);
				start = index + 1;
			}
		}
		append(bytes, start, bytes.length);
		return lines;
	}

	/**
	 * The last line, which may have no line end.
	 */
	private List<BodyLine> lastLine() {
		List<BodyLine> lines = new ArrayList<>();
		finish(lines);
		return lines;
	}

	private void append(byte[] bytes, int from, int to) {
		int remaining = BodyLine.MAX_LENGTH - this.unfinished.size();
		this.unfinished.write(bytes, from, Math.min(to - from, remaining));
		this.tooLong |= to - from > remaining;
	}

	private void finish(List<BodyLine> lines) {
		byte[] line = this.unfinished.toByteArray();
		if (!isBlank(line)) {
			lines.add(new BodyLine(this.number, line, this.tooLong));
		}
		this.unfinished.reset();
		this.tooLong = false;
		this.number++;
	}

	private static boolean isBlank(byte[] line) {
		for (byte character : line) {
			if (character != ' ' && character != '\t' && character != '\r') {
				return false;
			}
		}
		return true;
	}

}
