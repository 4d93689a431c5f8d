package dev.latchkey.invitation;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static dev.latchkey.invitation.InvitationStatus.PENDING;
import static dev.latchkey.invitation.InvitationStatus.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link InvitationStore} and {@link ReceivedInvitations} does.
 */
interface InvitationStoreContract {

	InvitationStore store();

	ReceivedInvitations received();

	StoredInvitations stored();

	@Test
	default void findsAnInvitationByItsAccountAndId() {
		InvitationId id = stored().add(1, "Kim@example.com", PENDING, Duration.ofHours(1));
		StepVerifier.create(store().find(stored().account(), id)).assertNext((found) -> {
			assertThat(found.id()).isEqualTo(id);
			assertThat(found.account()).isEqualTo(stored().account());
			assertThat(found.inviter()).isEqualTo(stored().owner());
			assertThat(found.email().value()).isEqualTo("Kim@example.com");
			assertThat(found.email().canonical()).isEqualTo("kim@example.com");
			assertThat(found.permissions().keys()).containsExactly("products", "invoices");
			assertThat(found.status()).isEqualTo(PENDING);
			assertThat(found.endedAt()).isNull();
		}).verifyComplete();
		StepVerifier.create(store().find(new AccountId(UUID.randomUUID()), id)).verifyComplete();
		StepVerifier.create(store().find(stored().account(), new InvitationId(UUID.randomUUID()))).verifyComplete();
	}

	@Test
	default void findsThePermissionsOfMembersOnly() {
		UserId member = stored().addMember("kim@example.com");
		StepVerifier.create(store().findPermissions(stored().account(), member))
			.expectNext(PermissionSet.ofKeys(List.of("invoices")))
			.verifyComplete();
		StepVerifier.create(store().findPermissions(new AccountId(UUID.randomUUID()), member)).verifyComplete();
		StepVerifier.create(store().findPermissions(stored().account(), new UserId(UUID.randomUUID())))
			.verifyComplete();
	}

	@Test
	default void knowsTheInviterAndWhetherItStillOwnsTheAccount() {
		Invitation invitation = find(stored().add(1, "kim@example.com", PENDING, Duration.ofHours(1)));
		StepVerifier.create(store().parties(invitation))
			.expectNext(new InvitationParties(stored().account(), "Acme", "Ann"))
			.verifyComplete();
		StepVerifier.create(store().isInviterOwner(invitation)).expectNext(true).verifyComplete();
		stored().transferToAnotherOwner();
		StepVerifier.create(store().isInviterOwner(invitation)).expectNext(false).verifyComplete();
	}

	@Test
	default void listsWhatAnAddressHasReceivedFromPresentOwners() {
		String address = "kim-" + UUID.randomUUID() + "@example.com";
		stored().add(1, address, REVOKED, Duration.ofHours(1));
		StepVerifier.create(received().findPending(EmailAddress.of(address))).verifyComplete();
		InvitationId pending = stored().add(2, address, PENDING, Duration.ofHours(1));
		StepVerifier.create(received().findPending(EmailAddress.of(address))).assertNext((offer) -> {
			assertThat(offer.invitation().id()).isEqualTo(pending);
			assertThat(offer.parties()).isEqualTo(new InvitationParties(stored().account(), "Acme", "Ann"));
		}).verifyComplete();
		stored().transferToAnotherOwner();
		StepVerifier.create(received().findPending(EmailAddress.of(address))).verifyComplete();
	}

	private Invitation find(InvitationId id) {
		return store().find(stored().account(), id).blockOptional().orElseThrow();
	}

}
