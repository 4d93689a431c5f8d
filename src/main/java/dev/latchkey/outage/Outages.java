package dev.latchkey.outage;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The outages of what this replica depends on. Requests and background work report their
 * failures here, so that an outage of the database, which makes all of them fail, is one
 * outage in the log.
 */
public final class Outages {

	/**
	 * A statement that was already running can succeed directly after the first failure.
	 */
	private static final Duration DATABASE_QUIET_TIME = Duration.ofSeconds(1);

	/** Under overload, some work succeeds between the failures. */
	private static final Duration OVERLOAD_QUIET_TIME = Duration.ofMinutes(1);

	private final InstantSource clock;

	private final OutageLog database;

	private final OutageLog pool;

	private final TaskFailures requests;

	public Outages(InstantSource clock) {
		this.clock = clock;
		this.database = logOf("Access to the database", DATABASE_QUIET_TIME);
		this.pool = logOf("Waiting for a free connection to the database", OVERLOAD_QUIET_TIME);
		this.requests = new TaskFailures("The processing of some requests", FailedWork.REQUEST, this,
				OVERLOAD_QUIET_TIME, false);
	}

	/**
	 * Records a request that was refused because the service is unavailable.
	 */
	public void requestRefused(Throwable error) {
		this.requests.refused(error);
	}

	/**
	 * The failures of a periodic round that uses the database. A round that succeeds
	 * shows that the database works.
	 */
	public TaskFailures ofRounds(String subject) {
		return new TaskFailures(subject, FailedWork.ROUND, this, Duration.ZERO, true);
	}

	/**
	 * The failures of a periodic round that does not use the database.
	 */
	public TaskFailures ofRoundsWithoutDatabase(String subject) {
		return new TaskFailures(subject, FailedWork.ROUND, this, Duration.ZERO, false);
	}

	/**
	 * The failures of work that uses the database for one item after the other, such as
	 * one mail. The success of one item does not mean that another one works.
	 */
	public TaskFailures ofItems(String subject) {
		return new TaskFailures(subject, FailedWork.ROUND, this, OVERLOAD_QUIET_TIME, true);
	}

	/**
	 * The log of something that only one module uses, such as the mail server.
	 */
	public OutageLog of(String subject) {
		return logOf(subject, Duration.ZERO);
	}

	OutageLog logOf(String subject, Duration quietTime) {
		return new OutageLog(subject, this.clock, quietTime);
	}

	/**
	 * If the database is known to be unavailable, connections that do not become free are
	 * part of that outage.
	 */
	void databaseFailed(FailureKind kind, FailedWork work, String cause) {
		OutageLog log = (kind == FailureKind.DATABASE || this.database.isFailing()) ? this.database : this.pool;
		log.failed(work, cause);
	}

	void databaseSucceeded() {
		this.database.succeeded();
		this.pool.succeeded();
		this.requests.endQuietOutages();
	}

}
