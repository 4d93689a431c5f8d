package dev.latchkey.invitation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The problems of links and of owner commands in each status of an invitation.
 */
class InvitationTests {

	private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

	@Nested
	class LinkProblem {

		@ParameterizedTest
		@CsvSource({ "PENDING, 3,", "PENDING, 2, SUPERSEDED", "PENDING, 1, SUPERSEDED", "PENDING, 4, NOT_FOUND",
				"EXPIRED, 3, EXPIRED", "EXPIRED, 2, SUPERSEDED", "EXPIRED, 4, NOT_FOUND", "ACCEPTED, 3, USED",
				"ACCEPTED, 2, USED", "ACCEPTED, 4, NOT_FOUND", "DECLINED, 3, USED", "DECLINED, 1, USED",
				"REVOKED, 3, REVOKED", "REVOKED, 2, REVOKED", "REVOKED, 4, NOT_FOUND" })
		void dependsOnStatusAndLinkVersion(InvitationStatus status, int version, @Nullable ProblemCode problem) {
			assertThat(code(anInvitation(status).linkProblem(version))).isEqualTo(Optional.ofNullable(problem));
		}

	}

	@Nested
	class RepeatedAnswer {

		private final UserId invitee = new UserId(UUID.randomUUID());

		@ParameterizedTest
		@CsvSource({ "1, true", "2, true", "3, true", "4, false" })
		void ofTheMemberCanUseEveryMailedLink(int version, boolean isRepeat) {
			Invitation accepted = InvitationBuilder.anInvitation().tokenVersion(3).acceptedBy(this.invitee).build();
			assertThat(accepted.wasAcceptedBy(this.invitee, version)).isEqualTo(isRepeat);
			assertThat(accepted.wasAcceptedBy(new UserId(UUID.randomUUID()), version)).isFalse();
		}

		@ParameterizedTest
		@EnumSource(names = { "PENDING", "EXPIRED", "REVOKED", "DECLINED" })
		void needsAFirstAnswer(InvitationStatus status) {
			assertThat(anInvitation(status).wasAcceptedBy(this.invitee, 3)).isFalse();
		}

	}

	@Nested
	class StatusNames {

		@Test
		void areFoundByWireNameOnly() {
			for (InvitationStatus status : InvitationStatus.values()) {
				assertThat(InvitationStatus.of(status.wireName())).contains(status);
				assertThat(InvitationStatus.of(status.name())).isEmpty();
			}
			assertThat(List.of(InvitationStatus.values())).extracting(InvitationStatus::wireName)
				.containsExactly("pending", "accepted", "declined", "revoked", "expired");
			assertThat(List.of(DeliveryStatus.values())).extracting(DeliveryStatus::wireName)
				.containsExactly("queued", "sent", "failed");
		}

	}

	private static Optional<ProblemCode> code(Optional<DomainException> problem) {
		return problem.map(DomainException::code);
	}

	/**
	 * An invitation whose third link is the newest and whose permissions were edited four
	 * times.
	 */
	private static Invitation anInvitation(InvitationStatus status) {
		return new Invitation(new AccountId(new UUID(1, 1)), new InvitationId(new UUID(1, 2)), 1,
				new UserId(new UUID(1, 3)), EmailAddress.of("ann@example.com"), PermissionSet.all(), Locale.ENGLISH,
				status, DeliveryStatus.SENT, 3, 5, 3, NOW, NOW, NOW.plusSeconds(60), null, null, null);
	}

}
