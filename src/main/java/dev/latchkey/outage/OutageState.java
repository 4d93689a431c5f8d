package dev.latchkey.outage;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known about an outage, and which failures were logged.
 *
 * @param since the first failure of the current outage, null if there is none
 * @param lastFailure the last failure, of this or an earlier outage
 * @param warnedAt when the last warning was logged, null if there was none
 * @param warns whether the last failure must be logged as a warning
 * @param announced whether a warning about the current outage was logged
 * @param total what has failed during the current outage
 * @param unreported what has failed since the last warning, up to the next one
 */
record OutageState(@Nullable Instant since, Instant lastFailure, @Nullable Instant warnedAt, boolean warns,
		boolean announced, FailureCounts total, FailureCounts unreported) {

	/**
	 * At most one warning in this time, even if outages begin and end again and again.
	 */
	private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

	static final OutageState NONE = new OutageState(null, Instant.MIN, null, false, false, FailureCounts.NONE,
			FailureCounts.NONE);

	OutageState failed(FailedWork work, Instant now) {
		Instant begin = (this.since != null) ? this.since : now;
		boolean due = this.warnedAt == null || !now.isBefore(this.warnedAt.plus(WARNING_INTERVAL));
		FailureCounts before = this.warns ? FailureCounts.NONE : this.unreported;
		return new OutageState(begin, now, due ? now : this.warnedAt, due, this.announced || due, this.total.plus(work),
				before.plus(work));
	}

	OutageState ended() {
		return new OutageState(null, this.lastFailure, this.warnedAt, false, false, FailureCounts.NONE,
				this.warns ? FailureCounts.NONE : this.unreported);
	}

	Duration duration(Instant now) {
		return (this.since != null) ? Duration.between(this.since, now) : Duration.ZERO;
	}

	/**
	 * Whether the last failure is the one that began the outage.
	 */
	boolean hasJustBegun() {
		return this.lastFailure.equals(this.since);
	}

}
