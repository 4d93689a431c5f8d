package dev.latchkey.feed;

import reactor.core.publisher.Mono;

/**
 * Finds events that no notification has announced: compares the heads of all watched
 * accounts in the database with their tails on this replica.
 */
class FeedPoll {

	private final EventLog log;

	private final AccountTails tails;

	private final DatabaseEpoch epoch;

	FeedPoll(EventLog log, AccountTails tails, DatabaseEpoch epoch) {
		this.log = log;
		this.tails = tails;
		this.epoch = epoch;
	}

	/**
	 * Reads the epoch and the heads, and makes tails that do not contain the newest
	 * events read on.
	 */
	Mono<Void> poll() {
		return this.epoch.refresh()
			.then(this.log.heads(this.tails.watchedAccounts()).collectList())
			.doOnNext(this.tails::wakeTailsBehind)
			.then();
	}

}
