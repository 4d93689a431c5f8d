package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Limits that are reached as a test wants. By default none is.
 */
class StubLimits implements LimitStore {

	boolean pendingReached;

	boolean counterFull;

	@Nullable Duration creationWait;

	@Nullable Duration cooldown;

	@Nullable Duration mailWait;

	@Nullable String mailbox;

	@Override
	public Mono<Boolean> isPendingLimitReached(AccountId account) {
		return Mono.fromSupplier(() -> this.pendingReached);
	}

	@Override
	public Mono<Boolean> isPendingCounterFull(AccountId account) {
		return Mono.fromSupplier(() -> this.counterFull);
	}

	@Override
	public Mono<Duration> waitForCreation(AccountId account) {
		return Mono.defer(() -> Mono.justOrEmpty(this.creationWait));
	}

	@Override
	public Mono<Duration> waitForCooldown(AccountId account, InvitationId id) {
		return Mono.defer(() -> Mono.justOrEmpty(this.cooldown));
	}

	@Override
	public Mono<Duration> waitForMail(AccountId account, String mailbox) {
		this.mailbox = mailbox;
		return Mono.defer(() -> Mono.justOrEmpty(this.mailWait));
	}

}
