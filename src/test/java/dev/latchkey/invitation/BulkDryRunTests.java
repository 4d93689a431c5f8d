package dev.latchkey.invitation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.latchkey.invitation.StubBulkStore.Check;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.EmailAddress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A dry run assumes that what earlier batches would have created exists. Rows for the
 * same mailbox are checked again, all others only count.
 */
class BulkDryRunTests {

	private final StubBulkStore store = new StubBulkStore();

	private final BulkDryRun dryRun = new BulkDryRun(this.store);

	@Test
	void countsWhatEarlierBatchesWouldHaveCreated() {
		this.store.willReturn("member@example.com", BulkResult.AlreadyMember::new);
		check("ann@example.com", "member@example.com", "bob@example.com");
		check("cem@example.com");
		check("member@example.com", "dora@example.com");
		assertThat(this.store.checks).extracting(Check::assumed).containsExactly(0, 2, 3);
		assertThat(this.store.checks.get(2).addresses()).containsExactly("member@example.com", "dora@example.com");
	}

	@Test
	void checksEarlierRowsForTheSameMailboxAgain() {
		check("ann+1@example.com", "bob@example.com", "ann+2@example.com", "cem@example.com");
		assertThat(check("dora@example.com", "Ann+3@example.com", "ann@example.com")).extracting(BulkResult::line)
			.containsExactly(1L, 2L, 3L);
		check("ANN@example.com");
		assertThat(this.store.checks.subList(1, 3)).containsExactly(
				new Check(List.of("ann+1@example.com", "ann+2@example.com", "dora@example.com", "Ann+3@example.com",
						"ann@example.com"), 2),
				new Check(List.of("ann+1@example.com", "ann+2@example.com", "Ann+3@example.com", "ann@example.com",
						"ANN@example.com"), 3));
	}

	private List<BulkResult> check(String... addresses) {
		List<BulkLine.Row> rows = Arrays.stream(addresses).map((address) -> row(address, addresses)).toList();
		return Objects
			.requireNonNull(this.dryRun.check(InvitationBuilder.ACCOUNT, InvitationBuilder.OWNER, rows).block())
			.stream()
			.map(BulkOutcome::result)
			.toList();
	}

	private static BulkLine.Row row(String address, String[] addresses) {
		return new BulkLine.Row(Arrays.asList(addresses).indexOf(address) + 1,
				new NewInvitation(EmailAddress.of(address), PermissionSet.ofKeys(List.of("quotes")), null, null),
				Optional.empty());
	}

}
