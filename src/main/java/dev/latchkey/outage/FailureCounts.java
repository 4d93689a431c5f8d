package dev.latchkey.outage;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much work of each kind has failed.
 */
record FailureCounts(Map<FailedWork, Long> counts) {

	static final FailureCounts NONE = new FailureCounts(Map.of());

	FailureCounts plus(FailedWork work) {
		Map<FailedWork, Long> sum = new EnumMap<>(FailedWork.class);
		sum.putAll(this.counts);
		sum.merge(work, 1L, Long::sum);
		return new FailureCounts(sum);
	}

	boolean isMoreThanOne() {
		return this.counts.values().stream().mapToLong(Long::longValue).sum() > 1;
	}

	/**
	 * The counts as the log shows them, such as "12 requests and 1 background round".
	 */
	String text() {
		return this.counts.entrySet()
			.stream()
			.map((count) -> count.getKey().text(count.getValue()))
			.collect(Collectors.joining(" and "));
	}

}
