package dev.latchkey.outage;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The failures of one kind of work. A failure that is caused by the database counts for
 * the outage of the database, which all work has in common. Other failures are logged for
 * each cause: unexpected ones with their stack trace.
 */
public final class TaskFailures {

	/** More causes at once are not expected; if there are, their outages begin again. */
	private static final int MAX_CAUSES = 16;

	private final String subject;

	private final FailedWork work;

	private final Outages outages;

	private final Duration quietTime;

	private final boolean usesDatabase;

	private final Map<String, OutageLog> logs = new ConcurrentHashMap<>();

	TaskFailures(String subject, FailedWork work, Outages outages, Duration quietTime, boolean usesDatabase) {
		this.subject = subject;
		this.work = work;
		this.outages = outages;
		this.quietTime = quietTime;
		this.usesDatabase = usesDatabase;
	}

	/**
	 * Records a failure.
	 */
	public void failed(Throwable error) {
		failed(error, "");
	}

	/**
	 * Records a failure.
	 * @param item what the work has failed for, such as "account" and an id; empty if
	 * that is known from the subject
	 */
	public void failed(Throwable error, String item) {
		record(error, item, (FailureKind.of(error) == FailureKind.UNEXPECTED) ? error : null);
	}

	/**
	 * Records whether the work succeeds. A failure is only recorded: then the returned
	 * work completes empty.
	 */
	public <T> Mono<T> recording(Mono<T> task) {
		return recording(task, "");
	}

	/**
	 * Records whether the work succeeds, as {@link #recording(Mono)}.
	 * @param item what the work is for, such as "account" and an id
	 */
	public <T> Mono<T> recording(Mono<T> task, String item) {
		return task.doOnSuccess((result) -> succeeded()).doOnError((error) -> failed(error, item)).onErrorComplete();
	}

	/**
	 * Records a request that was refused and can be repeated, so a stack trace is not
	 * needed.
	 */
	void refused(Throwable error) {
		record(error, "", null);
	}

	private void record(Throwable error, String item, @Nullable Throwable stackTrace) {
		FailureKind kind = FailureKind.of(error);
		String cause = FailureKind.describe(error);
		if (kind == FailureKind.DATABASE || kind == FailureKind.POOL) {
			this.outages.databaseFailed(kind, this.work, cause);
		}
		else {
			log(cause).failed(this.work, item.isEmpty() ? cause : cause + " (" + item + ")", stackTrace);
		}
	}

	/**
	 * Records a success, which also ends an outage of the database if the work uses it.
	 */
	public void succeeded() {
		if (this.usesDatabase) {
			this.outages.databaseSucceeded();
		}
		endQuietOutages();
	}

	void endQuietOutages() {
		if (!this.logs.isEmpty()) {
			this.logs.values().forEach(OutageLog::succeeded);
		}
	}

	private OutageLog log(String cause) {
		if (this.logs.size() >= MAX_CAUSES && !this.logs.containsKey(cause)) {
			this.logs.clear();
		}
		return this.logs.computeIfAbsent(cause, (key) -> this.outages.logOf(this.subject, this.quietTime));
	}

}
