package dev.latchkey.feed;

import java.time.InstantSource;
import java.util.UUID;

import dev.latchkey.outage.Outages;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.RouterClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * The feed of a replica without a database: its event log is in memory, and no other
 * replica gets its notifications.
 */
public final class FeedFixture {

	public static final AccountId ACCOUNT = new AccountId(new UUID(1, 1));

	public static final UserId OWNER = new UserId(new UUID(2, 1));

	private static final int HISTORY_READERS = 4;

	private final InMemoryEventLog log;

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final FrameEncoder encoder = new FrameEncoder(RouterClient.jsonMapper());

	private final Outages outages = new Outages(InstantSource.system());

	private final DatabaseEpoch epoch;

	private final AccountTails tails;

	private final FeedPoll poll;

	private final Feed feed;

	FeedFixture(InMemoryEventLog log, int bufferSize) {
		this.log = log;
		this.epoch = new DatabaseEpoch(log);
		this.tails = new AccountTails(log, this.encoder, this.epoch, new FeedMetrics(this.meters), bufferSize,
				this.outages);
		this.poll = new FeedPoll(log, this.tails, this.epoch);
		this.feed = new Feed(log, new HistoryReader(log, this.encoder, HISTORY_READERS), this.tails, this.encoder,
				this.epoch, new ReplicaNotifications(new FakeConnections(), this.tails, this.outages));
	}

	/**
	 * A feed whose log has one account with some events.
	 * @param bufferSize how many events of a watched account are kept in memory
	 */
	public static FeedFixture withEvents(int count, int bufferSize) {
		InMemoryEventLog log = new InMemoryEventLog();
		log.createAccount(ACCOUNT, OWNER);
		log.append(ACCOUNT, count);
		return new FeedFixture(log, bufferSize);
	}

	/**
	 * Appends events and notifies the watchers, as a command does after its commit.
	 */
	public void write(int count) {
		this.log.append(ACCOUNT, count);
		this.feed.notifyAppended(ACCOUNT);
	}

	/**
	 * Makes the watchers' streams end that have been asked to close.
	 */
	public void completeFinalPoll() {
		this.tails.completeFinalPoll();
	}

	/**
	 * Whether the account has a watcher.
	 */
	public boolean isWatched() {
		return this.tails.watchedAccounts().contains(ACCOUNT);
	}

	public InMemoryEventLog log() {
		return this.log;
	}

	public Feed feed() {
		return this.feed;
	}

	Outages outages() {
		return this.outages;
	}

	AccountTails tails() {
		return this.tails;
	}

	FeedPoll poll() {
		return this.poll;
	}

	DatabaseEpoch epoch() {
		return this.epoch;
	}

	MeterRegistry meters() {
		return this.meters;
	}

}
