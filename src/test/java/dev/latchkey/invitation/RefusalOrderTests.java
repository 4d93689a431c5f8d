package dev.latchkey.invitation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Refusals;
import dev.latchkey.testing.StoreFixture;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * If a command has several reasons to be refused, the same one is always reported: who
 * may not do it at all, then what no waiting changes, then the limits. Each test sets all
 * reasons and removes the first one again and again.
 */
@DatabaseTest
class RefusalOrderTests {

	private static final String COOLDOWN = "update invitation set issued_at = now() - interval '1 hour' where id = ?";

	private InvitationFixture fixture;

	private Invitations invitations;

	private UserId member;

	private final UserId stranger = new UserId(UUID.randomUUID());

	@BeforeEach
	void createAccount() {
		StoreFixture store = StoreFixture.shared();
		this.fixture = InvitationFixture.of(store.database(), store.service());
		this.invitations = store.service().bean(Invitations.class);
		InvitationFixture other = this.fixture.withInvitee(RandomCommands.aCaller());
		other.addInviteeAsMember();
		this.member = other.invitee().user();
	}

	@Nested
	class Create {

		@Test
		void isRefusedForTheFirstOfItsReasons() {
			addInvitee();
			setAccount("max_pending = 0, max_creations_per_day = 0");
			useUpMails();
			assertRefused(create(RefusalOrderTests.this.stranger), ProblemCode.NOT_FOUND);
			assertRefused(create(RefusalOrderTests.this.member), ProblemCode.OWNER_ONLY);
			assertRefused(create(owner()), ProblemCode.ALREADY_MEMBER);
			removeInvitee();
			setAccount("max_pending = null, max_creations_per_day = null");
			freeMails();
			Invitation pending = RefusalOrderTests.this.fixture.invite();
			setAccount("max_pending = 0, max_creations_per_day = 0");
			useUpMails();
			DomainException refusal = assertRefused(create(owner()), ProblemCode.INVITATION_PENDING);
			assertThat(refusal.properties()).containsEntry("invitationId", pending.id().toString());
			RefusalOrderTests.this.fixture.service()
				.bean(Invitations.class)
				.revoke(RefusalOrderTests.this.fixture.account(), owner(), pending.id(), Optional.empty())
				.block();
			assertCounted("pending", () -> assertRefused(create(owner()), ProblemCode.TOO_MANY_PENDING));
			setAccount("max_pending = null");
			assertCounted("creations", () -> assertLimited(create(owner()), Duration.ofDays(1)));
			setAccount("max_creations_per_day = null");
			assertCounted("resends", () -> assertLimited(create(owner()), Duration.ofDays(1)));
			freeMails();
			assertThat(InvitationFixture.result(create(owner())).block()).isEqualTo("ok");
		}

		@Test
		void changesNothingIfItIsRefused() {
			setAccount("max_creations_per_day = 0");
			long invitations = invitationCount();
			assertRefused(create(owner()), ProblemCode.LIMIT_REACHED);
			assertThat(invitationCount()).isEqualTo(invitations);
			assertThat(count("invitee_quota", "mailbox = '" + email() + "'")).isZero();
		}

		private Mono<?> create(UserId caller) {
			return RefusalOrderTests.this.invitations.create(RefusalOrderTests.this.fixture.account(), caller,
					new NewInvitation(RefusalOrderTests.this.fixture.invitee().email(), InvitationFixture.OFFERED, null,
							null),
					Optional.empty());
		}

	}

	@Nested
	class Resend {

		@Test
		void isRefusedForTheFirstOfItsReasons() {
			Invitation expired = RefusalOrderTests.this.fixture.invite();
			RefusalOrderTests.this.fixture.age(expired);
			Invitation pending = RefusalOrderTests.this.fixture.invite();
			RefusalOrderTests.this.fixture.database().update("""
					update invitation set issued_at = now() - interval '1 second', expires_at = now() where id = ?
					""", expired.id().value());
			addInvitee();
			setAccount("max_pending = 0");
			useUpMails();
			setStatus(expired, "REVOKED");
			assertRefused(resend(RefusalOrderTests.this.stranger, expired), ProblemCode.NOT_FOUND);
			assertRefused(resend(RefusalOrderTests.this.member, expired), ProblemCode.OWNER_ONLY);
			DomainException refusal = assertRefused(resend(owner(), expired), ProblemCode.WRONG_STATUS);
			assertThat(refusal.properties()).containsEntry("invitationStatus", "revoked");
			setStatus(expired, "EXPIRED");
			assertRefused(resend(owner(), expired), ProblemCode.ALREADY_MEMBER);
			removeInvitee();
			refusal = assertRefused(resend(owner(), expired), ProblemCode.INVITATION_PENDING);
			assertThat(refusal.properties()).containsEntry("invitationId", pending.id().toString());
			setStatus(pending, "REVOKED");
			assertCounted("cooldown",
					() -> assertLimited(resend(owner(), expired), ProblemCode.RESEND_TOO_SOON, Duration.ofSeconds(60)));
			RefusalOrderTests.this.fixture.database().update(COOLDOWN, expired.id().value());
			assertCounted("pending", () -> assertRefused(resend(owner(), expired), ProblemCode.TOO_MANY_PENDING));
			setAccount("max_pending = null");
			assertCounted("resends", () -> assertLimited(resend(owner(), expired), Duration.ofDays(1)));
			freeMails();
			assertThat(InvitationFixture.result(resend(owner(), expired)).block()).isEqualTo("ok");
		}

		@Test
		void isNotFoundForAnUnknownInvitation() {
			Invitation unknown = InvitationBuilder.anInvitation().build();
			assertRefused(resend(owner(), unknown), ProblemCode.NOT_FOUND);
		}

		private Mono<?> resend(UserId caller, Invitation invitation) {
			return RefusalOrderTests.this.invitations.resend(RefusalOrderTests.this.fixture.account(), caller,
					invitation.id(), Optional.empty());
		}

	}

	@Nested
	class Revoke {

		@ParameterizedTest
		@ValueSource(strings = { "ACCEPTED", "DECLINED", "REVOKED" })
		void isRefusedForAFinalStatus(String status) {
			Invitation invitation = RefusalOrderTests.this.fixture.invite();
			setStatus(invitation, status);
			DomainException refusal = assertRefused(revoke(owner(), invitation), ProblemCode.WRONG_STATUS);
			assertThat(refusal.properties()).containsEntry("invitationStatus",
					InvitationStatus.valueOf(status).wireName());
		}

		@Test
		void isForTheOwnerOnly() {
			Invitation invitation = RefusalOrderTests.this.fixture.invite();
			assertRefused(revoke(RefusalOrderTests.this.member, invitation), ProblemCode.OWNER_ONLY);
			assertRefused(revoke(RefusalOrderTests.this.stranger, invitation), ProblemCode.NOT_FOUND);
			assertRefused(revoke(owner(), InvitationBuilder.anInvitation().build()), ProblemCode.NOT_FOUND);
		}

		private Mono<?> revoke(UserId caller, Invitation invitation) {
			return RefusalOrderTests.this.invitations.revoke(RefusalOrderTests.this.fixture.account(), caller,
					invitation.id(), Optional.empty());
		}

	}

	@Nested
	class Edit {

		@ParameterizedTest
		@CsvSource({ "0, stale", "2, stale", "1, ok" })
		void isRefusedForAnotherVersion(int version, String result) {
			Invitation invitation = RefusalOrderTests.this.fixture.invite();
			assertThat(InvitationFixture.result(edit(owner(), invitation, version)).block()).isEqualTo(result);
		}

		@Test
		void isRefusedForTheStatusBeforeTheVersion() {
			Invitation overdue = RefusalOrderTests.this.fixture.invite();
			RefusalOrderTests.this.fixture.age(overdue);
			assertRefused(edit(RefusalOrderTests.this.stranger, overdue, 2), ProblemCode.NOT_FOUND);
			assertRefused(edit(RefusalOrderTests.this.member, overdue, 2), ProblemCode.OWNER_ONLY);
			DomainException refusal = assertRefused(edit(owner(), overdue, 2), ProblemCode.WRONG_STATUS);
			assertThat(refusal.properties()).containsEntry("invitationStatus", "expired");
		}

		private Mono<?> edit(UserId caller, Invitation invitation, int version) {
			return RefusalOrderTests.this.invitations.editPermissions(RefusalOrderTests.this.fixture.account(), caller,
					invitation.id(), PermissionSet.ofKeys(List.of("domains")), version);
		}

	}

	private UserId owner() {
		return this.fixture.owner().user();
	}

	private String email() {
		return this.fixture.invitee().email().canonical();
	}

	private void addInvitee() {
		UUID user = this.fixture.invitee().user().value();
		this.fixture.database()
			.update("insert into account_person (account_id, user_id, email, name) values (?, ?, ?, 'Kim')",
					this.fixture.account().value(), user, email());
		this.fixture.database().update("""
				insert into membership (account_id, user_id, canonical_email, owner, permissions, number)
				values (?, ?, ?, false, array['invoices'], 99)
				""", this.fixture.account().value(), user, email());
	}

	private void removeInvitee() {
		this.fixture.database()
			.update("delete from membership where account_id = ? and user_id = ?", this.fixture.account().value(),
					this.fixture.invitee().user().value());
	}

	private void setAccount(String assignments) {
		this.fixture.database()
			.update("update account set " + assignments + " where id = ?", this.fixture.account().value());
	}

	private void setStatus(Invitation invitation, String status) {
		this.fixture.database()
			.update("update invitation set status = ?, ended_at = issued_at, accepted_by = case when ? then id end"
					+ " where id = ?", status, status.equals("ACCEPTED"), invitation.id().value());
	}

	private void useUpMails() {
		this.fixture.database().update("""
				insert into invitee_quota (account_id, mailbox, window_start, resends) values (?, ?, now(), 10)
				    on conflict (account_id, mailbox) do update set resends = 10
				""", this.fixture.account().value(), email());
	}

	private void freeMails() {
		this.fixture.database()
			.update("delete from invitee_quota where account_id = ?", this.fixture.account().value());
	}

	/**
	 * Counted by their events, because the mails of other invitations append events too.
	 */
	private long invitationCount() {
		return this.fixture.database()
			.number("select count(*) from account_event where account_id = ? and type = 'invitation.created'",
					this.fixture.account().value());
	}

	private long count(String table, String condition) {
		return this.fixture.database().number("select count(*) from " + table + " where " + condition);
	}

	private void assertCounted(String limit, Runnable refused) {
		double before = hits(limit);
		refused.run();
		assertThat(hits(limit)).isEqualTo(before + 1);
	}

	private double hits(String limit) {
		return this.fixture.service()
			.bean(MeterRegistry.class)
			.find("latchkey.limits.hit")
			.tag("limit", limit)
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

	private static void assertLimited(Mono<?> command, Duration maxWait) {
		assertLimited(command, ProblemCode.LIMIT_REACHED, maxWait);
	}

	private static void assertLimited(Mono<?> command, ProblemCode code, Duration maxWait) {
		assertThat(assertRefused(command, code).retryAfter()).isBetween(Duration.ofSeconds(1), maxWait);
	}

	private static DomainException assertRefused(Mono<?> command, ProblemCode code) {
		DomainException refusal = Refusals.refusalOf(command);
		assertThat(refusal.code()).isEqualTo(code);
		return refusal;
	}

}
