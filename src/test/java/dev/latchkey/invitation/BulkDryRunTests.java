package dev.latchkey.invitation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A dry run decides about each batch as if the batches before it had been written.
 */
class BulkDryRunTests {

	private final AtomicLong ids = new AtomicLong();

	private final BulkSnapshotBuilder snapshot = new BulkSnapshotBuilder();

	private final BulkDryRun dryRun = new BulkDryRun(TestInvitations.PROPERTIES,
			() -> new UUID(0, this.ids.incrementAndGet()));

	@Test
	void anAddressOfAnEarlierBatchIsPending() {
		assertThat(check("kim@example.com")).containsExactly("created");
		assertThat(check("lee@example.com", "KIM@example.com")).containsExactly("created", "already-pending");
	}

	@Test
	void theLimitsCountEarlierBatches() {
		this.snapshot.pending(8, 10).creations(0, 10);
		assertThat(check("a@example.com")).containsExactly("created");
		assertThat(check("b@example.com", "c@example.com")).containsExactly("created", "too-many-pending");
	}

	@Test
	void theQuotaOfAMailboxCountsEarlierBatches() {
		int limit = TestInvitations.PROPERTIES.maxResendsPerDay();
		this.snapshot.quota("used@example.com", limit - 1, false, Duration.ofHours(3));
		assertThat(check("used+1@example.com")).containsExactly("created");
		assertThat(check("used+2@example.com")).containsExactly("limit-reached");
		List<String> results = new ArrayList<>();
		for (int tag = 0; tag <= limit + 1; tag++) {
			results.addAll(check("new+" + tag + "@example.com"));
		}
		assertThat(results).hasSize(limit + 2).endsWith("created", "limit-reached").containsOnlyOnce("limit-reached");
	}

	@Test
	void anUnreadableLineKeepsItsProblem() {
		BulkLine line = new BulkLine.Unreadable(3, DomainException.of(ProblemCode.INVALID_EMAIL), Optional.empty());
		assertThat(this.dryRun.check(List.of(line), this.snapshot.build()))
			.containsExactly(new CheckedLine(line, new BulkResult.Refused(3, ((BulkLine.Unreadable) line).problem())));
	}

	private List<String> check(String... addresses) {
		List<BulkLine> lines = new ArrayList<>();
		for (String address : addresses) {
			lines.add(new BulkLine.Row(lines.size() + 1,
					new NewInvitation(EmailAddress.of(address), PermissionSet.ofKeys(List.of("quotes")), null, null),
					Optional.empty()));
		}
		return this.dryRun.check(lines, this.snapshot.build())
			.stream()
			.map(CheckedLine::result)
			.map(BulkDryRunTests::name)
			.toList();
	}

	private static String name(BulkResult result) {
		if (result instanceof BulkResult.Refused refused) {
			return refused.problem().code().code();
		}
		return (result instanceof BulkResult.AlreadyPending) ? "already-pending" : "created";
	}

}
