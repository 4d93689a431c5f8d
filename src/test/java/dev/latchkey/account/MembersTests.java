package dev.latchkey.account;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static dev.latchkey.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may do what with members, and why a command that changed nothing is refused.
 */
class MembersTests {

	private static final UserId STRANGER = new UserId(UUID.randomUUID());

	private static final PermissionSet QUOTES = PermissionSet.ofKeys(List.of("quotes"));

	private final AccountFixture fixture = AccountFixture.create();

	private final Members members = this.fixture.members();

	private final Account account = AccountBuilder.anAccount().memberCount(3).build();

	private final AccountId id = this.account.id();

	private final Member owner = MemberBuilder.of(this.id).owner().build();

	private final Member member = MemberBuilder.of(this.id).version(4).build();

	private final Member other = MemberBuilder.of(this.id).build();

	@BeforeEach
	void storeTheAccount() {
		this.fixture.store(this.account, this.owner, this.member, this.other);
	}

	@Nested
	class Find {

		@Test
		void returnsAMemberToTheOwner() {
			StepVerifier.create(find(MembersTests.this.owner.user(), MembersTests.this.member.user()))
				.expectNext(MembersTests.this.member)
				.verifyComplete();
		}

		@Test
		void isForTheOwnerOnly() {
			assertRefused(find(MembersTests.this.other.user(), MembersTests.this.member.user()),
					ProblemCode.OWNER_ONLY);
			assertRefused(find(STRANGER, MembersTests.this.member.user()), ProblemCode.NOT_FOUND);
		}

		@Test
		void findsNoStranger() {
			assertRefused(find(MembersTests.this.owner.user(), STRANGER), ProblemCode.NOT_FOUND);
		}

		private Mono<Member> find(UserId caller, UserId user) {
			return MembersTests.this.members.find(MembersTests.this.id, caller, user);
		}

	}

	@Nested
	class EditPermissions {

		@Test
		void returnsTheChangedMemberAndNotifiesTheWatchers() {
			Member changed = MemberBuilder.of(MembersTests.this.id)
				.user(MembersTests.this.member.user())
				.with("quotes")
				.version(5)
				.build();
			MembersTests.this.fixture.succeedWith(changed);
			StepVerifier.create(edit(MembersTests.this.owner, MembersTests.this.member, QUOTES, 4))
				.expectNext(changed)
				.verifyComplete();
			assertThat(MembersTests.this.fixture.calls()).containsExactly("edit " + changed.user() + " in "
					+ MembersTests.this.id + " as " + MembersTests.this.owner.user() + ": [quotes] at version 4");
			assertThat(MembersTests.this.fixture.notified()).containsExactly(MembersTests.this.id);
		}

		@Test
		void ofAnotherVersionIsStale() {
			assertRefused(edit(MembersTests.this.owner, MembersTests.this.member, QUOTES, 3), ProblemCode.STALE);
			assertRefused(edit(MembersTests.this.owner, MembersTests.this.member, QUOTES, 5), ProblemCode.STALE);
			assertThat(MembersTests.this.fixture.notified()).isEmpty();
		}

		@Test
		void ofTheOwnerIsRefusedAtEveryVersion() {
			assertRefused(edit(MembersTests.this.owner, MembersTests.this.owner, QUOTES, 1),
					ProblemCode.OWNER_IMMUTABLE);
			assertRefused(edit(MembersTests.this.owner, MembersTests.this.owner, QUOTES, 9),
					ProblemCode.OWNER_IMMUTABLE);
		}

		@Test
		void ofAStrangerFindsNothing() {
			Member stranger = MemberBuilder.of(MembersTests.this.id).build();
			assertRefused(edit(MembersTests.this.owner, stranger, QUOTES, 1), ProblemCode.NOT_FOUND);
		}

		@Test
		void byAnotherMemberRunsNoCommand() {
			assertRefused(edit(MembersTests.this.other, MembersTests.this.member, QUOTES, 4), ProblemCode.OWNER_ONLY);
			Member stranger = MemberBuilder.of(MembersTests.this.id).build();
			assertRefused(edit(stranger, MembersTests.this.member, QUOTES, 4), ProblemCode.NOT_FOUND);
			assertThat(MembersTests.this.fixture.calls()).isEmpty();
		}

		@Test
		void toNoPermissionsRunsNoCommand() {
			assertRefused(edit(MembersTests.this.owner, MembersTests.this.member, PermissionSet.ofKeys(List.of()), 4),
					ProblemCode.EMPTY_PERMISSIONS, Map.of("field", "permissions"));
			assertThat(MembersTests.this.fixture.calls()).isEmpty();
		}

		private Mono<Member> edit(Member caller, Member target, PermissionSet permissions, int version) {
			return MembersTests.this.members.editPermissions(MembersTests.this.id, caller.user(), target.user(),
					permissions, version);
		}

	}

	@Nested
	class Remove {

		@Test
		void notifiesTheWatchers() {
			MembersTests.this.fixture.succeed();
			StepVerifier.create(remove(MembersTests.this.owner.user(), MembersTests.this.member.user()))
				.verifyComplete();
			assertThat(MembersTests.this.fixture.calls()).containsExactly("remove " + MembersTests.this.member.user()
					+ " from " + MembersTests.this.id + " as " + MembersTests.this.owner.user());
			assertThat(MembersTests.this.fixture.notified()).containsExactly(MembersTests.this.id);
		}

		@Test
		void refusesTheOwner() {
			assertRefused(remove(MembersTests.this.owner.user(), MembersTests.this.owner.user()),
					ProblemCode.OWNER_IMMUTABLE);
		}

		@Test
		void isForTheOwnerOnly() {
			assertRefused(remove(MembersTests.this.other.user(), MembersTests.this.member.user()),
					ProblemCode.OWNER_ONLY);
			assertRefused(remove(STRANGER, MembersTests.this.member.user()), ProblemCode.NOT_FOUND);
		}

		@Test
		void findsNoStranger() {
			assertRefused(remove(MembersTests.this.owner.user(), STRANGER), ProblemCode.NOT_FOUND);
			assertThat(MembersTests.this.fixture.notified()).isEmpty();
		}

		private Mono<Void> remove(UserId caller, UserId user) {
			return MembersTests.this.members.remove(MembersTests.this.id, caller, user);
		}

	}

	@Nested
	class Leave {

		@Test
		void notifiesTheWatchers() {
			MembersTests.this.fixture.succeed();
			StepVerifier.create(leave(MembersTests.this.member.user())).verifyComplete();
			assertThat(MembersTests.this.fixture.calls())
				.containsExactly("leave " + MembersTests.this.id + " as " + MembersTests.this.member.user());
			assertThat(MembersTests.this.fixture.notified()).containsExactly(MembersTests.this.id);
		}

		@Test
		void refusesTheOwner() {
			assertRefused(leave(MembersTests.this.owner.user()), ProblemCode.OWNER_IMMUTABLE);
			assertThat(MembersTests.this.fixture.notified()).isEmpty();
		}

		@Test
		void findsNothingForAStranger() {
			assertRefused(leave(STRANGER), ProblemCode.NOT_FOUND);
		}

		private Mono<Void> leave(UserId caller) {
			return MembersTests.this.members.leave(MembersTests.this.id, caller);
		}

	}

}
