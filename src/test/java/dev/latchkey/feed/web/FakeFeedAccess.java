package dev.latchkey.feed.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.latchkey.feed.FeedAccess;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Lets users read one account's log, and records who asked.
 */
class FakeFeedAccess implements FeedAccess {

	private final AccountId account;

	private final Map<UserId, ProblemCode> refused;

	private final UserId owner;

	private final List<UserId> checked = new ArrayList<>();

	private int allowedChecks = Integer.MAX_VALUE;

	/**
	 * @param refused why other users may not read the log; all others don't find it
	 */
	FakeFeedAccess(AccountId account, UserId owner, Map<UserId, ProblemCode> refused) {
		this.account = account;
		this.owner = owner;
		this.refused = refused;
	}

	/**
	 * Takes the right from the owner after some more checks.
	 */
	void endAfter(int checks) {
		this.allowedChecks = checks;
	}

	List<UserId> checked() {
		return this.checked;
	}

	@Override
	public Mono<Void> requireReader(AccountId requested, UserId reader) {
		return Mono.defer(() -> {
			this.checked.add(reader);
			boolean allowed = requested.equals(this.account) && reader.equals(this.owner) && this.allowedChecks > 0;
			this.allowedChecks--;
			return allowed ? Mono.empty()
					: Mono.error(DomainException.of(this.refused.getOrDefault(reader, ProblemCode.NOT_FOUND)));
		});
	}

}
