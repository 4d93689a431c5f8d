package dev.latchkey.feed;

import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The event log of the fast tests.
 */
class InMemoryEventLogTests implements EventLogContract {

	private final InMemoryEventLog log = new InMemoryEventLog();

	@Override
	public EventLog log() {
		return this.log;
	}

	@Override
	public AccountId createAccount(UserId owner) {
		AccountId account = new AccountId(UUID.randomUUID());
		this.log.createAccount(account, owner);
		return account;
	}

	@Override
	public void append(AccountId account, EventType type, @Nullable InvitationId invitation) {
		this.log.append(account, type, invitation);
	}

	@Override
	public void purgeBefore(AccountId account, long seq) {
		this.log.purgeBefore(account, seq);
	}

}
