package dev.latchkey.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

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

	private final Utf8Transcoder transcoder;

	private final boolean carriageReturnEndsLine;

	private boolean afterCarriageReturn;

	private BodyLines(Utf8Transcoder transcoder, boolean carriageReturnEndsLine) {
		this.transcoder = transcoder;
		this.carriageReturnEndsLine = carriageReturnEndsLine;
	}

	/**
	 * The lines of newline-delimited JSON that are not blank. They end with LF or CRLF.
	 * @param timeout how long the client may neither send lines nor read the response
	 * @return batches, none of them empty; fails if the client disconnects, and then
	 * discards the unfinished line
	 * @throws DomainException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} for another
	 * charset than UTF-8
	 */
	public static Flux<List<BodyLine>> ofJson(ServerRequest request, Duration timeout) {
		BodyCharset.requireUtf8(request);
		return of(request, timeout, () -> new BodyLines(Utf8Transcoder.of(StandardCharsets.UTF_8), false));
	}

	/**
	 * The lines of a table that are not blank. They end with LF, CRLF or CR.
	 * @param timeout how long the client may neither send lines nor read the response
	 * @return as {@link #ofJson}
	 * @throws DomainException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} for a charset
	 * that is not supported
	 */
	public static Flux<List<BodyLine>> ofTable(ServerRequest request, Duration timeout) {
		Optional<Charset> charset = BodyCharset.ofText(request);
		return of(request, timeout,
				() -> new BodyLines(charset.map(Utf8Transcoder::of).orElseGet(Utf8Transcoder::detecting), true));
	}

	private static Flux<List<BodyLine>> of(ServerRequest request, Duration timeout, Supplier<BodyLines> splitter) {
		return Flux.defer(() -> {
			BodyLines lines = splitter.get();
			return request.body(BodyExtractors.toDataBuffers())
				.timeout(timeout)
				.onErrorMap(TimeoutException.class, (ex) -> DomainException.of(ProblemCode.REQUEST_TIMEOUT))
				.map(lines::split)
				.concatWith(Flux.defer(() -> Flux.just(lines.lastLines())))
				.filter((batch) -> !batch.isEmpty());
		}).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	private List<BodyLine> split(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return split(this.transcoder.next(bytes));
	}

	private List<BodyLine> split(byte[] bytes) {
		List<BodyLine> lines = new ArrayList<>();
		int start = 0;
		for (int index = 0; index < bytes.length; index++) {
			boolean secondOfLineEnd = this.afterCarriageReturn && bytes[index] == '\n';
			this.afterCarriageReturn = this.carriageReturnEndsLine && bytes[index] == '\r';
			if (secondOfLineEnd) {
				start = index + 1;
			}
			else if (bytes[index] == '\n' || this.afterCarriageReturn) {
				append(bytes, start, index);
				finish(lines);
				start = index + 1;
			}
		}
		append(bytes, start, bytes.length);
		return lines;
	}

	/**
	 * The rest of the body. The last line may have no line end.
	 */
	private List<BodyLine> lastLines() {
		List<BodyLine> lines = split(this.transcoder.end());
		finish(lines);
		return lines;
	}

	private void append(byte[] bytes, int from, int to) {
		int remaining = BodyLine.MAX_LENGTH - this.unfinished.size();
		this.unfinished.write(bytes, from, Math.min(to - from, remaining));
		this.tooLong |= to - from > remaining;
	}

	private void finish(List<BodyLine> lines) {
		byte[] line = withoutCarriageReturn(this.unfinished.toByteArray());
		if (!isBlank(line)) {
			lines.add(new BodyLine(this.number, line, this.tooLong));
		}
		this.unfinished.reset();
		this.tooLong = false;
		this.number++;
	}

	private static byte[] withoutCarriageReturn(byte[] line) {
		int length = line.length;
		return (length > 0 && line[length - 1] == '\r') ? Arrays.copyOf(line, length - 1) : line;
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
