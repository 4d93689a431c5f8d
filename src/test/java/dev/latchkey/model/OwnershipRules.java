package dev.latchkey.model;

import java.util.Optional;

import dev.latchkey.model.MemberCommand.AcceptOwnership;
import dev.latchkey.model.MemberCommand.EndOffer;
import dev.latchkey.model.MemberCommand.OfferOwnership;
import dev.latchkey.model.ModelAccount.Offer;
import dev.latchkey.model.Result.Refusal;
import dev.latchkey.shared.ProblemCode;

/**
 * The rules for the transfer of the ownership to a member, who must accept it.
 */
final class OwnershipRules {

	private final World world;

	OwnershipRules(World world) {
		this.world = world;
	}

	Result offerOwnership(OfferOwnership command) {
		ModelAccount account = this.world.account(command.account());
		this.world.requireOwner(account, command.caller());
		this.world.requireMember(account, command.newOwner());
		if (command.newOwner() == account.owner()) {
			throw Refusal.of(ProblemCode.OWNER_IMMUTABLE);
		}
		if (!this.world.hasPassword(command.caller(), command.password())) {
			throw Refusal.of(ProblemCode.INVALID_FIELD);
		}
		account.offer = new Offer(command.newOwner(), this.world.now().plus(Limits.OFFER_VALIDITY));
		account.offers++;
		append(account, command.caller(), "ownership.offered", command.newOwner());
		account.queue("ownership-offer", "account", account.offers);
		return Result.ok();
	}

	/**
	 * The owner withdraws an open offer, or the new owner declines it.
	 */
	Result endOffer(EndOffer command) {
		ModelAccount account = this.world.account(command.account());
		Person caller = command.caller();
		Offer offer = findOpenOffer(account).filter((open) -> caller == account.owner() || caller == open.newOwner())
			.orElseThrow(() -> Refusal.of(ProblemCode.NOT_FOUND));
		account.offer = null;
		append(account, caller, (caller == account.owner()) ? "ownership.withdrawn" : "ownership.declined",
				offer.newOwner());
		return Result.ok();
	}

	/**
	 * Accepts an open offer. The owner can repeat this while no offer is open.
	 */
	Result acceptOwnership(AcceptOwnership command) {
		ModelAccount account = this.world.account(command.account());
		Optional<Offer> offer = findOpenOffer(account);
		if (offer.isEmpty() && command.caller() == account.owner()) {
			return Result.ok();
		}
		if (offer.filter((open) -> command.caller() == open.newOwner()).isEmpty()) {
			throw Refusal.of(ProblemCode.NOT_FOUND);
		}
		transfer(account, command.caller());
		return Result.ok();
	}

	/**
	 * The previous owner stays a member with all permissions, and the pending invitations
	 * belong to the new owner.
	 */
	private void transfer(ModelAccount account, Person newOwner) {
		Person previousOwner = account.owner();
		account.put(this.world.requireMember(account, previousOwner).with(ModelMember.ALL));
		account.put(this.world.requireMember(account, newOwner).with(ModelMember.ALL));
		account.setOwner(newOwner);
		account.membersVersion++;
		account.offer = null;
		account.invitations()
			.stream()
			.filter((invitation) -> invitation.isLive(this.world.now()))
			.forEach((invitation) -> invitation.inviter = newOwner);
		append(account, newOwner, "ownership.transferred", previousOwner);
		account.queue("ownership-news", previousOwner.toString(), account.offers);
	}

	private Optional<Offer> findOpenOffer(ModelAccount account) {
		return Optional.ofNullable(account.offer).filter((offer) -> !this.world.isOver(offer.expires()));
	}

	private void append(ModelAccount account, Person actor, String type, Person user) {
		account.append(Event.by(actor, type).about(user), this.world.now());
	}

}
