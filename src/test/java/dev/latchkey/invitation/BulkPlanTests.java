package dev.latchkey.invitation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.invitation.BulkPlan.Creation;
import dev.latchkey.invitation.BulkPlan.Expiry;
import dev.latchkey.invitation.BulkPlan.QuotaUpdate;
import dev.latchkey.invitation.BulkResult.AlreadyMember;
import dev.latchkey.invitation.BulkResult.AlreadyPending;
import dev.latchkey.invitation.BulkResult.Created;
import dev.latchkey.invitation.BulkResult.Refused;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * A plan decides about each row by the rules for a single invitation, as if the rows
 * before it had been written already.
 */
class BulkPlanTests {

	private static final int MAX_RESENDS = 2;

	private static final Duration LEFT = Duration.ofHours(3);

	private static final InvitationId EARLIER = id(900);

	private final AtomicLong ids = new AtomicLong();

	private final BulkSnapshotBuilder snapshot = new BulkSnapshotBuilder();

	@Nested
	class Row {

		@Test
		void isCreated() {
			BulkPlan plan = plan();
			BulkLine.Row row = row(7, "kim@example.com");
			assertThat(plan.decide(row)).isEqualTo(new Created(7, id(1), false));
			assertThat(plan.creations()).containsExactly(new Creation(row, id(1), 1, 1, id(2).value()));
			assertThat(plan.expiries()).isEmpty();
			assertThat(plan.limitsHit()).isEmpty();
			assertThat(plan.receipts()).isEmpty();
		}

		@Test
		void withoutPermissionsIsRefusedBeforeAnythingElse() {
			BulkPlanTests.this.snapshot.member("kim@example.com");
			NewInvitation nothing = new NewInvitation(EmailAddress.of("kim@example.com"), PermissionSet.of(List.of()),
					null, null);
			BulkPlan plan = plan();
			DomainException problem = assertRefused(plan, new BulkLine.Row(3, nothing, Optional.empty()),
					ProblemCode.EMPTY_PERMISSIONS);
			assertThat(problem.properties()).containsEntry("field", "permissions");
			assertThat(plan.creations()).isEmpty();
		}

		@Test
		void ofAMemberIsNotCreatedEvenWithAPendingInvitation() {
			BulkPlanTests.this.snapshot.member("kim@example.com").live("kim@example.com", EARLIER);
			BulkPlan plan = plan();
			assertThat(plan.decide(row(1, "Kim@Example.com"))).isEqualTo(new AlreadyMember(1));
			assertThat(plan.creations()).isEmpty();
			assertThat(plan.quotaUpdates()).isEmpty();
		}

		@Test
		void ofAPendingAddressIsNotCreated() {
			BulkPlanTests.this.snapshot.live("kim@example.com", EARLIER).pending(100, 100);
			BulkPlan plan = plan();
			assertThat(plan.decide(row(1, "KIM@example.com"))).isEqualTo(new AlreadyPending(1, EARLIER));
			assertThat(plan.creations()).isEmpty();
			assertThat(plan.limitsHit()).isEmpty();
		}

		@Test
		void thatRepeatsAnEarlierOneIsPendingWithItsId() {
			BulkPlan plan = plan();
			plan.decide(row(1, "kim@example.com"));
			assertThat(plan.decide(row(2, "Kim@example.com"))).isEqualTo(new AlreadyPending(2, id(1)));
			assertThat(plan.decide(row(3, "kim+tag@example.com"))).isEqualTo(new Created(3, id(3), false));
			assertThat(plan.creations()).hasSize(2);
		}

		@Test
		void thatRepeatsARefusedOneIsDecidedAgain() {
			BulkPlanTests.this.snapshot.pending(100, 100);
			BulkPlan plan = plan();
			assertRefused(plan, row(1, "kim@example.com"), ProblemCode.TOO_MANY_PENDING);
			assertRefused(plan, row(2, "kim@example.com"), ProblemCode.TOO_MANY_PENDING);
			assertThat(plan.limitsHit()).containsExactly("pending", "pending");
		}

		@Test
		void ofAnOverdueAddressIsCreatedAfterTheOldInvitationHasExpired() {
			BulkPlanTests.this.snapshot.overdue("kim@example.com", EARLIER).sequences(40, 9);
			BulkPlan plan = plan();
			BulkLine.Row row = row(1, "kim@example.com");
			assertThat(plan.decide(row)).isEqualTo(new Created(1, id(1), false));
			assertThat(plan.expiries()).containsExactly(new Expiry(EARLIER, 41));
			assertThat(plan.creations()).containsExactly(new Creation(row, id(1), 10, 42, id(2).value()));
			assertThat(plan.decide(row(2, "kim@example.com"))).isEqualTo(new AlreadyPending(2, id(1)));
			assertThat(plan.expiries()).hasSize(1);
		}

		@Test
		void ofAnOverdueAddressThatIsRefusedLeavesTheOldInvitation() {
			BulkPlanTests.this.snapshot.overdue("kim@example.com", EARLIER).creations(5, 5);
			BulkPlan plan = plan();
			assertRefused(plan, row(1, "kim@example.com"), ProblemCode.LIMIT_REACHED);
			assertThat(plan.expiries()).isEmpty();
		}

	}

	@Nested
	class Numbers {

		@Test
		void haveNoGapsAcrossRefusedRowsAndExpiries() {
			BulkPlanTests.this.snapshot.sequences(100, 20)
				.member("member@example.com")
				.overdue("old@example.com", EARLIER);
			BulkPlan plan = plan();
			List.of("a@example.com", "member@example.com", "old@example.com", "a@example.com", "b@example.com")
				.forEach((email) -> plan.decide(row(1, email)));
			assertThat(plan.creations()).extracting(Creation::number).containsExactly(21L, 22L, 23L);
			assertThat(plan.creations()).extracting(Creation::seq).containsExactly(101L, 103L, 104L);
			assertThat(plan.expiries()).extracting(Expiry::seq).containsExactly(102L);
		}

	}

	@Nested
	class PendingLimit {

		@Test
		void countsTheRowsBefore() {
			BulkPlanTests.this.snapshot.pending(8, 10);
			BulkPlan plan = plan();
			assertCreated(plan, "a@example.com");
			assertCreated(plan, "b@example.com");
			DomainException problem = assertRefused(plan, row(3, "c@example.com"), ProblemCode.TOO_MANY_PENDING);
			assertThat(problem.retryAfter()).isNull();
			assertThat(plan.creations()).hasSize(2);
			assertThat(plan.limitsHit()).containsExactly("pending");
		}

		@Test
		void doesNotCountRowsThatWereNotCreated() {
			BulkPlanTests.this.snapshot.pending(9, 10).member("member@example.com");
			BulkPlan plan = plan();
			plan.decide(row(1, "member@example.com"));
			assertCreated(plan, "a@example.com");
		}

		@Test
		void isCheckedBeforeTheLimitOfCreations() {
			BulkPlanTests.this.snapshot.pending(10, 10).creations(10, 10);
			assertRefused(plan(), row(1, "a@example.com"), ProblemCode.TOO_MANY_PENDING);
		}

	}

	@Nested
	class CreationLimit {

		@Test
		void countsTheRowsBeforeAndNamesTheWait() {
			BulkPlanTests.this.snapshot.creations(9, 10);
			BulkPlan plan = plan();
			assertCreated(plan, "a@example.com");
			DomainException problem = assertRefused(plan, row(2, "b@example.com"), ProblemCode.LIMIT_REACHED);
			assertThat(problem.retryAfter()).isEqualTo(BulkSnapshotBuilder.CREATION_WINDOW_LEFT);
			assertThat(plan.limitsHit()).containsExactly("creations");
			assertThat(plan.quotaUpdates()).containsOnlyKeys("a@example.com");
		}

		@Test
		void isCheckedBeforeTheQuotaOfTheMailbox() {
			BulkPlanTests.this.snapshot.creations(10, 10).quota("a@example.com", MAX_RESENDS, false, LEFT);
			BulkPlan plan = plan();
			assertRefused(plan, row(1, "a@example.com"), ProblemCode.LIMIT_REACHED);
			assertThat(plan.limitsHit()).containsExactly("creations");
		}

	}

	@Nested
	class MailQuota {

		@Test
		void startsWithAFreeMail() {
			BulkPlan plan = plan();
			assertCreated(plan, "kim+1@example.com");
			assertThat(plan.quotaUpdates()).containsExactly(entry("kim@example.com", new QuotaUpdate(0, true)));
		}

		@Test
		void startsAgainAfterItsWindow() {
			BulkPlanTests.this.snapshot.quota("kim@example.com", MAX_RESENDS, true, Duration.ZERO);
			BulkPlan plan = plan();
			assertCreated(plan, "kim@example.com");
			assertThat(plan.quotaUpdates()).containsEntry("kim@example.com", new QuotaUpdate(0, true));
		}

		@Test
		void countsAMailInTheSameWindow() {
			BulkPlanTests.this.snapshot.quota("kim@example.com", 0, false, LEFT);
			BulkPlan plan = plan();
			assertCreated(plan, "kim@example.com");
			assertThat(plan.quotaUpdates()).containsEntry("kim@example.com", new QuotaUpdate(1, false));
		}

		@Test
		void ofAnEarlierWindowRefusesUntilThatWindowEnds() {
			BulkPlanTests.this.snapshot.quota("kim@example.com", MAX_RESENDS - 1, false, LEFT);
			BulkPlan plan = plan();
			assertCreated(plan, "kim+1@example.com");
			DomainException problem = assertRefused(plan, row(2, "kim+2@example.com"), ProblemCode.LIMIT_REACHED);
			assertThat(problem.retryAfter()).isEqualTo(LEFT);
			assertThat(plan.quotaUpdates()).containsEntry("kim@example.com", new QuotaUpdate(MAX_RESENDS, false));
			assertThat(plan.limitsHit()).containsExactly("resends");
		}

		@Test
		void ofThisBatchRefusesForAWholeWindow() {
			BulkPlan plan = plan();
			assertCreated(plan, "kim+0@example.com");
			assertCreated(plan, "kim+1@example.com");
			assertCreated(plan, "kim+2@example.com");
			DomainException problem = assertRefused(plan, row(4, "kim+3@example.com"), ProblemCode.LIMIT_REACHED);
			assertThat(problem.retryAfter()).isEqualTo(Duration.ofDays(1));
			assertThat(plan.quotaUpdates()).containsEntry("kim@example.com", new QuotaUpdate(MAX_RESENDS, true));
		}

		@Test
		void ofOneMailboxDoesNotAffectOthers() {
			BulkPlanTests.this.snapshot.quota("kim@example.com", MAX_RESENDS, false, LEFT);
			BulkPlan plan = plan();
			assertRefused(plan, row(1, "kim@example.com"), ProblemCode.LIMIT_REACHED);
			assertCreated(plan, "lee@example.com");
			assertThat(plan.quotaUpdates()).containsOnlyKeys("lee@example.com");
		}

	}

	@Nested
	class Repetition {

		private final IdempotencyKey key = IdempotencyKey.of("import-1", "content").ofLine(1, "row");

		@Test
		void returnsTheEarlierInvitationWithoutChanges() {
			BulkPlanTests.this.snapshot.receipt(this.key, EARLIER.value()).pending(100, 100);
			BulkPlan plan = plan();
			assertThat(plan.decide(row(1, "kim@example.com", this.key))).isEqualTo(new Created(1, EARLIER, true));
			assertThat(plan.creations()).isEmpty();
			assertThat(plan.receipts()).isEmpty();
			assertThat(plan.quotaUpdates()).isEmpty();
		}

		@Test
		void isFoundBeforeTheMembership() {
			BulkPlanTests.this.snapshot.receipt(this.key, EARLIER.value()).member("kim@example.com");
			assertThat(plan().decide(row(1, "kim@example.com", this.key))).isEqualTo(new Created(1, EARLIER, true));
		}

		@Test
		void withOtherContentIsRefused() {
			BulkPlanTests.this.snapshot.receipt(this.key, EARLIER.value());
			IdempotencyKey other = IdempotencyKey.of("import-1", "content").ofLine(1, "other row");
			assertRefused(plan(), row(1, "kim@example.com", other), ProblemCode.IDEMPOTENCY_KEY_REUSED);
		}

		@Test
		void isPreparedByReceiptsOfCreatedRowsOnly() {
			BulkPlanTests.this.snapshot.member("member@example.com");
			BulkPlan plan = plan();
			IdempotencyKey second = IdempotencyKey.of("import-1", "content").ofLine(2, "row");
			plan.decide(row(1, "kim@example.com", this.key));
			plan.decide(row(2, "member@example.com", second));
			plan.decide(row(3, "lee@example.com"));
			assertThat(plan.receipts()).containsExactly(entry(this.key, id(1).value()));
		}

	}

	private BulkPlan plan() {
		InvitationProperties properties = new InvitationProperties(Duration.ofDays(7), Duration.ofDays(2),
				Duration.ofSeconds(60), MAX_RESENDS, 500, 500, Duration.ofSeconds(60), Duration.ofSeconds(15), 1000);
		return new BulkPlan(this.snapshot.build(), properties, () -> id(this.ids.incrementAndGet()).value());
	}

	private static void assertCreated(BulkPlan plan, String email) {
		assertThat(plan.decide(row(1, email))).as(email).isInstanceOf(Created.class);
	}

	private static DomainException assertRefused(BulkPlan plan, BulkLine.Row row, ProblemCode code) {
		BulkResult result = plan.decide(row);
		assertThat(result).isInstanceOf(Refused.class);
		assertThat(result.line()).isEqualTo(row.number());
		DomainException problem = ((Refused) result).problem();
		assertThat(problem.code()).isEqualTo(code);
		return problem;
	}

	private static BulkLine.Row row(long number, String email) {
		return new BulkLine.Row(number, invitation(email), Optional.empty());
	}

	private static BulkLine.Row row(long number, String email, IdempotencyKey key) {
		return new BulkLine.Row(number, invitation(email), Optional.of(key));
	}

	private static NewInvitation invitation(String email) {
		return new NewInvitation(EmailAddress.of(email), PermissionSet.ofKeys(List.of("invoices")), null, null);
	}

	private static InvitationId id(long number) {
		return new InvitationId(new UUID(0, number));
	}

}
