package dev.latchkey.invitation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.account.OwnedAccount;
import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.Refusals;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static dev.latchkey.invitation.InvitationBuilder.ACCOUNT;
import static dev.latchkey.invitation.InvitationBuilder.OWNER;
import static dev.latchkey.invitation.InvitationBuilder.anInvitation;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * If a command has several reasons to be refused, the same one is always reported: who
 * may not do it at all, then what no waiting changes, then the limits. Each test sets all
 * reasons and removes the first one again and again.
 */
class RefusalReasonsTests {

	private static final EmailAddress EMAIL = anInvitation().build().email();

	private static final UserId MEMBER = new UserId(UUID.randomUUID());

	private static final UserId STRANGER = new UserId(UUID.randomUUID());

	private static final Duration WAIT = Duration.ofSeconds(90);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final StubLimits limits = new StubLimits();

	private InMemoryInvitations store = emptyStore();

	@BeforeEach
	void reachAllLimits() {
		this.limits.pendingReached = true;
		this.limits.creationWait = WAIT;
		this.limits.cooldown = WAIT;
		this.limits.mailWait = WAIT;
	}

	@Nested
	class Create {

		@Test
		void isRefusedForTheFirstOfItsReasons() {
			InMemoryInvitations store = RefusalReasonsTests.this.store;
			store.addMember(ACCOUNT, EMAIL);
			store.add(anInvitation().build());
			assertFails(create(STRANGER), ProblemCode.NOT_FOUND);
			assertFails(create(MEMBER), ProblemCode.OWNER_ONLY);
			assertFails(create(OWNER), ProblemCode.ALREADY_MEMBER);
			RefusalReasonsTests.this.store = emptyStore();
			RefusalReasonsTests.this.store.add(anInvitation().build());
			DomainException pending = assertFails(create(OWNER), ProblemCode.INVITATION_PENDING);
			assertThat(pending.properties()).containsEntry("invitationId", anInvitation().build().id().toString());
			assertThat(hits("pending")).isZero();
			RefusalReasonsTests.this.store = emptyStore();
			assertFails(create(OWNER), ProblemCode.TOO_MANY_PENDING);
			assertThat(hits("pending")).isOne();
			RefusalReasonsTests.this.limits.pendingReached = false;
			assertFailsWithWait(create(OWNER), ProblemCode.LIMIT_REACHED);
			assertThat(hits("creations")).isOne();
			RefusalReasonsTests.this.limits.creationWait = null;
			assertFailsWithWait(create(OWNER), ProblemCode.LIMIT_REACHED);
			assertThat(hits("resends")).isOne();
			RefusalReasonsTests.this.limits.mailWait = null;
			StepVerifier.create(create(OWNER)).verifyComplete();
		}

		@Test
		void isNotRefusedForAnEndedInvitationOrTheCooldown() {
			noLimits();
			RefusalReasonsTests.this.limits.cooldown = WAIT;
			RefusalReasonsTests.this.store.add(anInvitation().status(InvitationStatus.REVOKED).build());
			StepVerifier.create(create(OWNER)).verifyComplete();
		}

		@Test
		void countsTheMailsOfTheMailboxWithoutTheTag() {
			noLimits();
			StepVerifier.create(reasons().explainCreate(ACCOUNT, OWNER, EmailAddress.of("Kim+billing@example.com")))
				.verifyComplete();
			assertThat(RefusalReasonsTests.this.limits.mailbox).isEqualTo("kim@example.com");
		}

		private Mono<Void> create(UserId caller) {
			return reasons().explainCreate(ACCOUNT, caller, EMAIL);
		}

	}

	@Nested
	class Resend {

		private final Invitation expired = anInvitation().status(InvitationStatus.EXPIRED).build();

		@Test
		void isRefusedForTheFirstOfItsReasons() {
			assertFails(resend(OWNER), ProblemCode.NOT_FOUND);
			RefusalReasonsTests.this.store.add(anInvitation().status(InvitationStatus.REVOKED).build());
			RefusalReasonsTests.this.store.addMember(ACCOUNT, EMAIL);
			assertFails(resend(STRANGER), ProblemCode.NOT_FOUND);
			assertFails(resend(MEMBER), ProblemCode.OWNER_ONLY);
			DomainException status = assertFails(resend(OWNER), ProblemCode.WRONG_STATUS);
			assertThat(status.properties()).containsEntry("invitationStatus", "revoked");
			RefusalReasonsTests.this.store = emptyStore();
			RefusalReasonsTests.this.store.add(this.expired);
			RefusalReasonsTests.this.store.add(anInvitation(2).build());
			RefusalReasonsTests.this.store.addMember(ACCOUNT, EMAIL);
			assertFails(resend(OWNER), ProblemCode.ALREADY_MEMBER);
			RefusalReasonsTests.this.store = emptyStore();
			RefusalReasonsTests.this.store.add(this.expired);
			RefusalReasonsTests.this.store.add(anInvitation(2).build());
			DomainException pending = assertFails(resend(OWNER), ProblemCode.INVITATION_PENDING);
			assertThat(pending.properties()).containsEntry("invitationId", anInvitation(2).build().id().toString());
		}

		@Test
		void isRefusedForTheFirstLimitItReaches() {
			RefusalReasonsTests.this.store.add(this.expired);
			assertFailsWithWait(resend(OWNER), ProblemCode.RESEND_TOO_SOON);
			assertThat(hits("cooldown")).isOne();
			RefusalReasonsTests.this.limits.cooldown = null;
			assertFails(resend(OWNER), ProblemCode.TOO_MANY_PENDING);
			RefusalReasonsTests.this.limits.pendingReached = false;
			assertFailsWithWait(resend(OWNER), ProblemCode.LIMIT_REACHED);
			assertThat(hits("resends")).isOne();
			RefusalReasonsTests.this.limits.mailWait = null;
			StepVerifier.create(resend(OWNER)).verifyComplete();
			assertThat(hits("creations")).isZero();
		}

		@Test
		void ofAPendingInvitationIsNotRefusedForTheLimitThatItIsPartOf() {
			noLimits();
			RefusalReasonsTests.this.limits.pendingReached = true;
			RefusalReasonsTests.this.store.add(anInvitation().build());
			StepVerifier.create(resend(OWNER)).verifyComplete();
		}

		private Mono<Void> resend(UserId caller) {
			return reasons().explainResend(ACCOUNT, caller, this.expired.id());
		}

	}

	@Nested
	class Revoke {

		private final InvitationId id = anInvitation().build().id();

		@ParameterizedTest
		@EnumSource(names = { "ACCEPTED", "DECLINED", "REVOKED" })
		void isRefusedForAFinalStatus(InvitationStatus status) {
			RefusalReasonsTests.this.store.add(anInvitation().status(status).build());
			DomainException problem = assertFails(reasons().explainRevoke(ACCOUNT, OWNER, this.id),
					ProblemCode.WRONG_STATUS);
			assertThat(problem.properties()).containsEntry("invitationStatus", status.wireName());
		}

		@ParameterizedTest
		@EnumSource(names = { "PENDING", "EXPIRED" })
		void isNotRefusedForAnyOtherStatusOrLimit(InvitationStatus status) {
			RefusalReasonsTests.this.store.add(anInvitation().status(status).build());
			StepVerifier.create(reasons().explainRevoke(ACCOUNT, OWNER, this.id)).verifyComplete();
		}

		@Test
		void isForTheOwnerOnly() {
			RefusalReasonsTests.this.store.add(anInvitation().build());
			assertFails(reasons().explainRevoke(ACCOUNT, MEMBER, this.id), ProblemCode.OWNER_ONLY);
			assertFails(reasons().explainRevoke(ACCOUNT, STRANGER, this.id), ProblemCode.NOT_FOUND);
		}

	}

	@Nested
	class Edit {

		private final InvitationId id = anInvitation().build().id();

		@Test
		void isRefusedForTheStatusBeforeTheVersion() {
			RefusalReasonsTests.this.store.add(anInvitation().version(3).status(InvitationStatus.EXPIRED).build());
			assertFails(reasons().explainEdit(ACCOUNT, MEMBER, this.id, 2), ProblemCode.OWNER_ONLY);
			assertFails(reasons().explainEdit(ACCOUNT, OWNER, this.id, 2), ProblemCode.WRONG_STATUS);
		}

		@Test
		void isRefusedForAnotherVersion() {
			RefusalReasonsTests.this.store.add(anInvitation().version(3).build());
			assertFails(reasons().explainEdit(ACCOUNT, OWNER, this.id, 2), ProblemCode.STALE);
			assertFails(reasons().explainEdit(ACCOUNT, OWNER, this.id, 4), ProblemCode.STALE);
			StepVerifier.create(reasons().explainEdit(ACCOUNT, OWNER, this.id, 3)).verifyComplete();
		}

	}

	private RefusalReasons reasons() {
		AccountAccess access = OwnedAccount.access(ACCOUNT, OWNER, MEMBER);
		LimitCounter hits = new LimitCounter(this.registry);
		return new RefusalReasons(access, new OwnedInvitations(access, this.store), this.store,
				new InvitationLimits(this.limits, hits), new InviteeQuota(this.limits, hits));
	}

	private void noLimits() {
		this.limits.pendingReached = false;
		this.limits.creationWait = null;
		this.limits.cooldown = null;
		this.limits.mailWait = null;
	}

	private double hits(String limit) {
		return this.registry.find("latchkey.limits.hit")
			.tag("limit", limit)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	private static InMemoryInvitations emptyStore() {
		InMemoryInvitations store = new InMemoryInvitations(InstantSource.system());
		store.addAccount(ACCOUNT, "Acme", OWNER, "Ann");
		return store;
	}

	private static void assertFailsWithWait(Mono<Void> result, ProblemCode code) {
		assertThat(assertFails(result, code).retryAfter()).isEqualTo(WAIT);
	}

	private static DomainException assertFails(Mono<Void> result, ProblemCode code) {
		DomainException problem = Refusals.refusalOf(result);
		assertThat(problem.code()).isEqualTo(code);
		return problem;
	}

}
