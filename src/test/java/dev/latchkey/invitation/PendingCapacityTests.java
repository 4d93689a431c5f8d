package dev.latchkey.invitation;

import java.util.ArrayList;
import java.util.List;

import dev.latchkey.shared.AccountId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static dev.latchkey.invitation.InvitationBuilder.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Overdue invitations are marked only if they may fill the limit of the account.
 */
class PendingCapacityTests {

	private final StubLimits limits = new StubLimits();

	private final List<AccountId> swept = new ArrayList<>();

	private final PendingCapacity capacity = new PendingCapacity(this.limits, (account) -> Mono.fromSupplier(() -> {
		this.swept.add(account);
		return 2L;
	}));

	@Test
	void sweepsAnAccountWithAFullCounter() {
		this.limits.counterFull = true;
		StepVerifier.create(this.capacity.expireOverdueIfFull(ACCOUNT)).verifyComplete();
		assertThat(this.swept).containsExactly(ACCOUNT);
	}

	@Test
	void doesNotSweepAnAccountBelowTheLimit() {
		StepVerifier.create(this.capacity.expireOverdueIfFull(ACCOUNT)).verifyComplete();
		assertThat(this.swept).isEmpty();
	}

}
