package dev.latchkey.outage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that one thing, such as the mail server, fails, and that it works again. The first
 * failure is logged at once. While failures go on, one warning a minute says how many
 * there were; the success that ends them is logged with their duration and number. A
 * second outage within a minute of the last warning is logged when that minute is over.
 * Never blocks; as long as nothing has failed, a success costs one volatile read.
 */
public final class OutageLog {

	private static final Logger logger = LoggerFactory.getLogger(OutageLog.class);

	private final String subject;

	private final InstantSource clock;

	private final Duration quietTime;

	private final AtomicReference<OutageState> state = new AtomicReference<>(OutageState.NONE);

	/**
	 * Creates the log of one thing.
	 * @param subject what fails, as the log begins its lines, such as "The expiry sweep"
	 * @param quietTime how long ago the last failure must be for a success to end the
	 * outage; longer than zero if there can be successes during an outage
	 */
	OutageLog(String subject, InstantSource clock, Duration quietTime) {
		this.subject = subject;
		this.clock = clock;
		this.quietTime = quietTime;
	}

	/**
	 * Records a failure.
	 * @param cause the cause in one line, without secrets and personal data
	 */
	public void failed(FailedWork work, String cause) {
		failed(work, cause, null);
	}

	/**
	 * Records a failure.
	 * @param stackTrace the error whose stack trace is logged with the cause, null for
	 * none
	 */
	void failed(FailedWork work, String cause, @Nullable Throwable stackTrace) {
		Instant now = this.clock.instant();
		OutageState next = stateAfterFailure(work, now);
		if (next.warns()) {
			logger.warn(warning(next, cause, now), stackTrace);
		}
	}

	/**
	 * Records a success.
	 */
	public void succeeded() {
		OutageState current = current();
		if (current.since() == null) {
			return;
		}
		Instant now = this.clock.instant();
		boolean isQuiet = !now.isBefore(current.lastFailure().plus(this.quietTime));
		if (isQuiet && this.state.compareAndSet(current, current.ended()) && current.announced()) {
			logger.info("{} works again after {} ({} failed)", this.subject, text(current.duration(now)),
					current.total().text());
		}
	}

	boolean isFailing() {
		return current().since() != null;
	}

	private OutageState stateAfterFailure(FailedWork work, Instant now) {
		while (true) {
			OutageState current = current();
			OutageState next = current.failed(work, now);
			if (this.state.compareAndSet(current, next)) {
				return next;
			}
		}
	}

	private OutageState current() {
		return Objects.requireNonNull(this.state.get());
	}

	private String warning(OutageState next, String cause, Instant now) {
		String duration = next.hasJustBegun() ? " fails" : " still fails after " + text(next.duration(now));
		String count = next.unreported().isMoreThanOne() ? " (" + next.unreported().text() + " since the last line)"
				: "";
		return this.subject + duration + count + ": " + cause;
	}

	/**
	 * A duration in its two largest units.
	 */
	private static String text(Duration duration) {
		if (duration.toHours() > 0) {
			return duration.toHours() + " h " + duration.toMinutesPart() + " min";
		}
		return (duration.toMinutes() > 0) ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
				: duration.toSeconds() + " s";
	}

}
