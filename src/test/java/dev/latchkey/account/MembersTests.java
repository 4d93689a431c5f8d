package dev.latchkey.account;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Refusals;
import dev.latchkey.testing.StoreFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static dev.latchkey.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may do what with members, and what the commands change and log.
 */
@DatabaseTest
class MembersTests {

	private static final UserId STRANGER = new UserId(UUID.randomUUID());

	private static final PermissionSet QUOTES = PermissionSet.ofKeys(List.of("quotes"));

	private final StoredAccount account = new StoredAccount(StoreFixture.shared().database());

	private final Members members = StoreFixture.shared().service().bean(Members.class);

	private final AccountId id = this.account.id();

	private final UserId owner = this.account.owner().user();

	private final Member member = this.account.member();

	private final UserId other = new UserId(UUID.randomUUID());

	@BeforeEach
	void storeTheAccount() {
		this.account.insert(MemberBuilder.of(this.id).user(this.owner).owner().number(1).build(), this.member,
				MemberBuilder.of(this.id).user(this.other).number(3).build());
	}

	@Nested
	class Find {

		@Test
		void returnsAMemberToTheOwner() {
			StepVerifier.create(find(MembersTests.this.owner, MembersTests.this.member.user()))
				.expectNext(MembersTests.this.member)
				.verifyComplete();
		}

		@Test
		void isForTheOwnerOnly() {
			assertRefused(find(MembersTests.this.other, MembersTests.this.member.user()), ProblemCode.OWNER_ONLY);
			assertRefused(find(STRANGER, MembersTests.this.member.user()), ProblemCode.NOT_FOUND);
		}

		@Test
		void findsNoStranger() {
			assertRefused(find(MembersTests.this.owner, STRANGER), ProblemCode.NOT_FOUND);
		}

		private Mono<Member> find(UserId caller, UserId user) {
			return MembersTests.this.members.find(MembersTests.this.id, caller, user);
		}

	}

	@Nested
	class EditPermissions {

		@Test
		void returnsTheChangedMemberAndIsLogged() {
			Member before = MembersTests.this.member;
			StepVerifier.create(edit(MembersTests.this.owner, before.user(), QUOTES, 4))
				.expectNext(new Member(before.account(), before.user(), before.name(), before.email(), false, QUOTES, 5,
						before.number(), before.joinedAt()))
				.verifyComplete();
			assertThat(MembersTests.this.account.events()).containsExactly("1 member.permissions-changed by "
					+ MembersTests.this.owner + " about " + before.user() + " from orders to quotes");
			assertThat(MembersTests.this.account.counters()).containsExactly("3 0");
		}

		@Test
		void ofAnotherVersionIsStale() {
			UserId user = MembersTests.this.member.user();
			assertRefused(edit(MembersTests.this.owner, user, QUOTES, 3), ProblemCode.STALE);
			assertRefused(edit(MembersTests.this.owner, user, QUOTES, 5), ProblemCode.STALE);
			assertThat(MembersTests.this.account.events()).isEmpty();
		}

		@Test
		void ofTheOwnerIsRefusedAtEveryVersion() {
			UserId owner = MembersTests.this.owner;
			assertRefused(edit(owner, owner, QUOTES, 1), ProblemCode.OWNER_IMMUTABLE);
			assertRefused(edit(owner, owner, QUOTES, 9), ProblemCode.OWNER_IMMUTABLE);
		}

		@Test
		void ofAStrangerFindsNothing() {
			assertRefused(edit(MembersTests.this.owner, STRANGER, QUOTES, 1), ProblemCode.NOT_FOUND);
		}

		@Test
		void isForTheOwnerOnly() {
			UserId user = MembersTests.this.member.user();
			assertRefused(edit(MembersTests.this.other, user, QUOTES, 4), ProblemCode.OWNER_ONLY);
			assertRefused(edit(STRANGER, user, QUOTES, 4), ProblemCode.NOT_FOUND);
			assertThat(MembersTests.this.account.events()).isEmpty();
		}

		@Test
		void toNoPermissionsIsRefused() {
			PermissionSet none = PermissionSet.ofKeys(List.of());
			assertThat(
					Refusals.refusalOf(() -> edit(MembersTests.this.owner, MembersTests.this.member.user(), none, 4)))
				.satisfies((refusal) -> {
					assertThat(refusal.code()).isEqualTo(ProblemCode.EMPTY_PERMISSIONS);
					assertThat(refusal.properties()).isEqualTo(Map.of("field", "permissions"));
				});
		}

		private Mono<Member> edit(UserId caller, UserId target, PermissionSet permissions, int version) {
			return MembersTests.this.members.editPermissions(MembersTests.this.id, caller, target, permissions,
					version);
		}

	}

	@Nested
	class Remove {

		@Test
		void endsTheMembershipAndIsLogged() {
			UserId user = MembersTests.this.member.user();
			StepVerifier.create(remove(MembersTests.this.owner, user)).verifyComplete();
			assertThat(MembersTests.this.account.events())
				.containsExactly("1 member.removed by " + MembersTests.this.owner + " about " + user + " from orders");
			assertThat(MembersTests.this.account.memberships()).hasSize(2)
				.noneMatch((membership) -> membership.startsWith(user.toString()));
			assertThat(MembersTests.this.account.counters()).containsExactly("2 1");
			assertRefused(remove(MembersTests.this.owner, user), ProblemCode.NOT_FOUND);
		}

		@Test
		void refusesTheOwner() {
			assertRefused(remove(MembersTests.this.owner, MembersTests.this.owner), ProblemCode.OWNER_IMMUTABLE);
		}

		@Test
		void isForTheOwnerOnly() {
			UserId user = MembersTests.this.member.user();
			assertRefused(remove(MembersTests.this.other, user), ProblemCode.OWNER_ONLY);
			assertRefused(remove(MembersTests.this.other, STRANGER), ProblemCode.OWNER_ONLY);
			assertRefused(remove(STRANGER, user), ProblemCode.NOT_FOUND);
			assertThat(MembersTests.this.account.memberships()).hasSize(3);
		}

		@Test
		void findsNoStranger() {
			assertRefused(remove(MembersTests.this.owner, STRANGER), ProblemCode.NOT_FOUND);
			assertThat(MembersTests.this.account.events()).isEmpty();
		}

		private Mono<Void> remove(UserId caller, UserId user) {
			return MembersTests.this.members.remove(MembersTests.this.id, caller, user);
		}

	}

	@Nested
	class Leave {

		@Test
		void endsTheMembershipAndIsLogged() {
			UserId user = MembersTests.this.member.user();
			StepVerifier.create(leave(user)).verifyComplete();
			assertThat(MembersTests.this.account.events())
				.containsExactly("1 member.left by " + user + " about " + user + " from orders");
			assertThat(MembersTests.this.account.memberships()).hasSize(2);
			assertThat(MembersTests.this.account.counters()).containsExactly("2 1");
			assertRefused(leave(user), ProblemCode.NOT_FOUND);
		}

		@Test
		void refusesTheOwner() {
			assertRefused(leave(MembersTests.this.owner), ProblemCode.OWNER_IMMUTABLE);
			assertThat(MembersTests.this.account.events()).isEmpty();
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
