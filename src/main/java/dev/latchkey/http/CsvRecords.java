package dev.latchkey.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import reactor.core.publisher.Flux;

/**
 * Joins the lines of a table to records: a quoted cell may contain line breaks (RFC 4180,
 * section 2). At most {@link BodyLine#MAX_LENGTH} bytes of an unfinished record are held
 * in memory.
 * <p>
 * A line in which a quotation mark was forgotten looks like the start of such a cell. If
 * the lines that follow do not complete a record, they are read as records of their own,
 * and only the line without the quotation mark is wrong.
 */
public final class CsvRecords {

	private final Predicate<BodyLine> isRecord;

	private final List<BodyLine> held = new ArrayList<>();

	private int heldLength;

	private CsvRecords(Predicate<BodyLine> isRecord) {
		this.isRecord = isRecord;
	}

	/**
	 * Joins the lines.
	 * @param batches from {@link BodyLines#ofTable}
	 * @param isRecord whether joined lines are a record of this table
	 * @return batches, none of them empty; a joined record has the number of its first
	 * line
	 */
	public static Flux<List<BodyLine>> of(Flux<List<BodyLine>> batches, Predicate<BodyLine> isRecord) {
		return Flux.defer(() -> {
			CsvRecords records = new CsvRecords(isRecord);
			return batches.map(records::next)
				.concatWith(Flux.defer(() -> Flux.just(records.lastRecords())))
				.filter((batch) -> !batch.isEmpty());
		});
	}

	private List<BodyLine> next(List<BodyLine> lines) {
		List<BodyLine> records = new ArrayList<>();
		lines.forEach((line) -> add(line, records));
		return records;
	}

	private List<BodyLine> lastRecords() {
		List<BodyLine> records = new ArrayList<>();
		while (!this.held.isEmpty()) {
			release(records);
		}
		return records;
	}

	private void add(BodyLine line, List<BodyLine> records) {
		if (this.heldLength + line.length() > BodyLine.MAX_LENGTH) {
			release(records);
		}
		if (this.held.isEmpty() && !line.hasUnpairedQuote()) {
			records.add(line);
			return;
		}
		this.held.add(line);
		this.heldLength += line.length() + 1;
		if (this.held.size() > 1 && line.hasUnpairedQuote()) {
			BodyLine joined = BodyLine.join(this.held);
			if (this.isRecord.test(joined)) {
				clear();
				records.add(joined);
			}
			else {
				release(records);
			}
		}
	}

	/**
	 * Gives up joining: the first held line is a record, and the others are added again.
	 * Only the last one of them can have an unpaired quotation mark, so this is not
	 * repeated for every line.
	 */
	private void release(List<BodyLine> records) {
		List<BodyLine> released = List.copyOf(this.held);
		clear();
		records.add(released.get(0));
		released.subList(1, released.size()).forEach((line) -> add(line, records));
	}

	private void clear() {
		this.held.clear();
		this.heldLength = 0;
	}

}
