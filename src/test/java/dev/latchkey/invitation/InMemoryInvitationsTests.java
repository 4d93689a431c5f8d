package dev.latchkey.invitation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;

import static dev.latchkey.invitation.InvitationBuilder.ACCOUNT;
import static dev.latchkey.invitation.InvitationBuilder.OWNER;
import static dev.latchkey.invitation.InvitationBuilder.anInvitation;

/**
 * The invitations in memory keep the contracts.
 */
class InMemoryInvitationsTests implements InvitationStoreContract, InvitationListContract, StoredInvitations {

	private static final Instant NOW = Instant.parse("2026-05-05T10:00:00Z");

	private final InMemoryInvitations store = new InMemoryInvitations(InstantSource.fixed(NOW));

	InMemoryInvitationsTests() {
		this.store.addAccount(ACCOUNT, "Acme", OWNER, "Ann");
	}

	@Override
	public InvitationStore store() {
		return this.store;
	}

	@Override
	public InvitationListStore listStore() {
		return this.store;
	}

	@Override
	public ReceivedInvitations received() {
		return this.store;
	}

	@Override
	public StoredInvitations stored() {
		return this;
	}

	@Override
	public AccountId account() {
		return ACCOUNT;
	}

	@Override
	public UserId owner() {
		return OWNER;
	}

	@Override
	public InvitationId add(long number, String email, InvitationStatus status, Duration remaining) {
		Invitation invitation = anInvitation(number).email(email).status(status).expiresAt(NOW.plus(remaining)).build();
		this.store.add(invitation);
		return invitation.id();
	}

	@Override
	public UserId addMember(String email) {
		UserId user = new UserId(UUID.randomUUID());
		this.store.addMember(ACCOUNT, user, PermissionSet.ofKeys(List.of("invoices")));
		return user;
	}

	@Override
	public void transferToAnotherOwner() {
		this.store.transfer(ACCOUNT, new UserId(UUID.randomUUID()), "Bob");
	}

}
