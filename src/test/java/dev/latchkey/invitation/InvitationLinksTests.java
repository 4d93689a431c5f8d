package dev.latchkey.invitation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static dev.latchkey.invitation.InvitationBuilder.ACCOUNT;
import static dev.latchkey.invitation.InvitationBuilder.OWNER;
import static dev.latchkey.invitation.InvitationBuilder.anInvitation;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Only the newest link of a pending invitation can be used, and only while its inviter
 * owns the account.
 */
class InvitationLinksTests {

	private static final Instant NOW = Instant.parse("2026-05-05T10:00:00Z");

	private final InMemoryInvitations store = new InMemoryInvitations(InstantSource.fixed(NOW));

	private final LinkTokens tokens = new LinkTokens(
			List.of(LinkTokens.Key.of(1, "k".repeat(32).getBytes(StandardCharsets.US_ASCII))));

	private final InvitationLinks links = new InvitationLinks(this.tokens, this.store);

	@BeforeEach
	void addAccount() {
		this.store.addAccount(ACCOUNT, "Acme", OWNER, "Ann");
	}

	@Nested
	class Genuine {

		@Test
		void tokenOfAnInvitationIsReadWithItsIds() {
			LinkToken link = link(anInvitation().build(), 3);
			StepVerifier.create(InvitationLinksTests.this.links.requireGenuine(link.text()))
				.expectNext(link)
				.verifyComplete();
			assertThat(InvitationLinks.account(link)).isEqualTo(ACCOUNT);
		}

		@ParameterizedTest
		@EnumSource(names = "INVITATION", mode = EnumSource.Mode.EXCLUDE)
		void tokenForAnotherPurposeIsNotFound(LinkToken.Purpose purpose) {
			String token = InvitationLinksTests.this.tokens
				.issue(purpose, ACCOUNT.value(), anInvitation().build().id().value(), 1)
				.text();
			assertThat(InvitationLinksTests.this.links.verify(token)).isEmpty();
			assertFails(InvitationLinksTests.this.links.requireGenuine(token), ProblemCode.NOT_FOUND);
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "token", "' or 1=1" })
		void otherTextIsNotFound(String token) {
			assertFails(InvitationLinksTests.this.links.requireGenuine(token), ProblemCode.NOT_FOUND);
		}

	}

	@Nested
	class Valid {

		@Test
		void linkReturnsItsInvitation() {
			Invitation invitation = stored(anInvitation().tokenVersion(2));
			StepVerifier.create(InvitationLinksTests.this.links.requireValid(link(invitation, 2)))
				.expectNext(invitation)
				.verifyComplete();
		}

		@ParameterizedTest
		@CsvSource({ "PENDING, 1, SUPERSEDED", "PENDING, 3, NOT_FOUND", "EXPIRED, 2, EXPIRED", "REVOKED, 2, REVOKED",
				"ACCEPTED, 2, USED", "DECLINED, 2, USED" })
		void linkIsRefusedByStatusAndVersion(InvitationStatus status, int version, ProblemCode problem) {
			Invitation invitation = stored(anInvitation().tokenVersion(2).status(status));
			assertFails(InvitationLinksTests.this.links.requireValid(link(invitation, version)), problem);
		}

		@Test
		void linkIsExpiredBeforeTheSweepHasMarkedTheInvitation() {
			Invitation invitation = stored(anInvitation().expiresAt(NOW));
			assertFails(InvitationLinksTests.this.links.requireValid(link(invitation, 1)), ProblemCode.EXPIRED);
		}

		@Test
		void linkOfADeletedInvitationIsNotFound() {
			assertFails(InvitationLinksTests.this.links.requireValid(link(anInvitation().build(), 1)),
					ProblemCode.NOT_FOUND);
		}

		@Test
		void linkOfAnInviterWhoNoLongerOwnsTheAccountIsRevoked() {
			Invitation invitation = stored(anInvitation());
			InvitationLinksTests.this.store.transfer(ACCOUNT, new UserId(UUID.randomUUID()), "Bob");
			assertFails(InvitationLinksTests.this.links.requireValid(link(invitation, 1)), ProblemCode.REVOKED);
		}

	}

	@Nested
	class ExistingMembership {

		private final UserId kim = new UserId(UUID.randomUUID());

		private final Invitation accepted = stored(anInvitation().tokenVersion(2).acceptedBy(this.kim));

		@ParameterizedTest
		@ValueSource(ints = { 1, 2 })
		void hasTheCurrentPermissionsOfTheMember(int version) {
			addMember("quotes");
			StepVerifier.create(find(version, this.kim))
				.expectNext(new Membership(ACCOUNT, this.accepted.id(), PermissionSet.ofKeys(List.of("quotes"))))
				.verifyComplete();
		}

		@Test
		void isEmptyForAnotherMember() {
			addMember("quotes");
			UserId lee = new UserId(UUID.randomUUID());
			InvitationLinksTests.this.store.addMember(ACCOUNT, lee, PermissionSet.all());
			StepVerifier.create(find(2, lee)).verifyComplete();
		}

		@Test
		void isEmptyAfterTheMemberWasRemoved() {
			StepVerifier.create(find(2, this.kim)).verifyComplete();
		}

		@Test
		void isEmptyForALinkThatWasNeverMailed() {
			addMember("quotes");
			StepVerifier.create(find(3, this.kim)).verifyComplete();
		}

		private void addMember(String permission) {
			InvitationLinksTests.this.store.addMember(ACCOUNT, this.kim, PermissionSet.ofKeys(List.of(permission)));
		}

		private Mono<Membership> find(int version, UserId user) {
			return InvitationLinksTests.this.links.findMembership(link(this.accepted, version), user);
		}

	}

	private Invitation stored(InvitationBuilder builder) {
		Invitation invitation = builder.build();
		this.store.add(invitation);
		return invitation;
	}

	private LinkToken link(Invitation invitation, int version) {
		return this.tokens.issue(LinkToken.Purpose.INVITATION, invitation.account().value(), invitation.id().value(),
				version);
	}

	private static void assertFails(Mono<?> result, ProblemCode code) {
		StepVerifier.create(result)
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(DomainException.class,
					(problem) -> assertThat(problem.code()).isEqualTo(code)));
	}

}
