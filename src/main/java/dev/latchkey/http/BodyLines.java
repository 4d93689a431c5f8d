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
 * Cuts a body of any length into lines as it arrives. Lines that arrived together come
 * together, so whoever works on them by the batch waits for nobody; what is held is one
 * buffer and one unfinished line.
 */
public final class BodyLines {

	private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

	private long number = 1;

	private boolean tooLong;

	private BodyLines() {
	}

	/**
	 * The lines that are not blank.
	 * @param patience how long the client may send nothing, or take nothing of the answer
	 * @return batches, none empty; fails if the client is cut off, and then the line that
	 * it was at is none
	 */
	public static Flux<List<BodyLine>> of(ServerRequest request, Duration patience) {
		return Flux.defer(() -> {
			BodyLines lines = new BodyLines();
			return request.body(BodyExtractors.toDataBuffers())
				.timeout(patience)
				.onErrorMap(TimeoutException.class, (late) -> DomainException.of(ProblemCode.REQUEST_TIMEOUT))
				.map(lines::take)
				.concatWith(Flux.defer(() -> Flux.just(lines.rest())))
				.filter((batch) -> !batch.isEmpty());
		}).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	private List<BodyLine> take(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		List<BodyLine> lines = new ArrayList<>();
		int start = 0;
		for (int index = 0; index < bytes.length; index++) {
			if (bytes[index] == '\n') {
				keep(bytes, start, index);
				end(lines);
				start = index + 1;
			}
		}
		keep(bytes, start, bytes.length);
		return lines;
	}

	/**
	 * A last line need not have an end.
	 */
	private List<BodyLine> rest() {
		List<BodyLine> lines = new ArrayList<>();
		end(lines);
		return lines;
	}

	private void keep(byte[] bytes, int from, int to) {
		int room = BodyLine.MAX_LENGTH - this.unfinished.size();
		this.unfinished.write(bytes, from, Math.min(to - from, room));
		this.tooLong |= to - from > room;
	}

	private void end(List<BodyLine> lines) {
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
