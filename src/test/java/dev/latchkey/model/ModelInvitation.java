package dev.latchkey.model;

import java.time.Duration;
import java.util.List;

import dev.latchkey.invitation.DeliveryStatus;
import dev.latchkey.invitation.InvitationStatus;
import dev.latchkey.model.Command.Draft;
import dev.latchkey.model.Command.Link;
import dev.latchkey.model.Result.Refusal;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The life of an invitation.
 */
final class ModelInvitation {

	final int number;

	final Draft draft;

	final Duration created;

	Person inviter;

	List<String> permissions;

	/** The version of the permissions. */
	int version = 1;

	/** The version of the link, which is also the number of mails. */
	int link = 0;

	DeliveryStatus delivery = DeliveryStatus.QUEUED;

	Duration issued;

	Duration expires;

	boolean marked;

	/** The version of the link that a reminder was sent for. */
	int remindedLink;

	@Nullable Duration ended;

	@Nullable Person acceptedBy;

	@Nullable String declineReason;

	private InvitationStatus answer = InvitationStatus.PENDING;

	ModelInvitation(int number, Draft draft, Person inviter, Duration now, Duration validity) {
		this.number = number;
		this.draft = draft;
		this.created = now;
		this.inviter = inviter;
		this.permissions = draft.permissions();
		this.issued = now;
		this.expires = now.plus(validity);
		send(inviter, now, validity);
	}

	private ModelInvitation(ModelInvitation other) {
		this(other.number, other.draft, other.inviter, other.created, Duration.ZERO);
		this.permissions = other.permissions;
		this.version = other.version;
		this.link = other.link;
		this.delivery = other.delivery;
		this.issued = other.issued;
		this.expires = other.expires;
		this.marked = other.marked;
		this.remindedLink = other.remindedLink;
		this.ended = other.ended;
		this.acceptedBy = other.acceptedBy;
		this.declineReason = other.declineReason;
		this.answer = other.answer;
	}

	ModelInvitation copy() {
		return new ModelInvitation(this);
	}

	Person invitee() {
		return this.draft.invitee();
	}

	/**
	 * The status for every reader: it is expired from its expiry time on, marked or not.
	 */
	InvitationStatus status(Duration now) {
		boolean expired = this.answer == InvitationStatus.PENDING && now.compareTo(this.expires) >= 0;
		return expired ? InvitationStatus.EXPIRED : this.answer;
	}

	boolean isLive(Duration now) {
		return status(now) == InvitationStatus.PENDING;
	}

	/**
	 * Whether it has expired and is not marked yet.
	 */
	boolean isOverdue(Duration now) {
		return status(now) == InvitationStatus.EXPIRED && !this.marked;
	}

	/**
	 * Sends it with a new link, which has the full validity.
	 */
	void send(Person sender, Duration now, Duration validity) {
		this.inviter = sender;
		this.link++;
		this.delivery = DeliveryStatus.QUEUED;
		this.issued = now;
		this.expires = now.plus(validity);
		this.marked = false;
	}

	void edit(List<String> granted) {
		this.permissions = granted;
		this.version++;
	}

	void revoke(Duration now) {
		end(InvitationStatus.REVOKED, now);
	}

	void accept(Person user, Duration now) {
		end(InvitationStatus.ACCEPTED, now);
		this.acceptedBy = user;
	}

	void decline(@Nullable String reason, Duration now) {
		end(InvitationStatus.DECLINED, now);
		this.declineReason = reason;
	}

	private void end(InvitationStatus status, Duration now) {
		this.answer = status;
		this.ended = now;
		this.marked = false;
	}

	/**
	 * Requires that a link can be used, to accept or to decline.
	 */
	void requireUsable(Link used, Duration now) {
		if (used.version() > this.link) {
			throw Refusal.of(ProblemCode.NOT_FOUND);
		}
		if (this.answer == InvitationStatus.ACCEPTED || this.answer == InvitationStatus.DECLINED) {
			throw Refusal.of(ProblemCode.USED);
		}
		if (this.answer == InvitationStatus.REVOKED) {
			throw Refusal.of(ProblemCode.REVOKED);
		}
		if (used.version() < this.link) {
			throw Refusal.of(ProblemCode.SUPERSEDED);
		}
		if (status(now) == InvitationStatus.EXPIRED) {
			throw Refusal.of(ProblemCode.EXPIRED);
		}
	}

	/**
	 * Whether the user has accepted it and the link is one of its links.
	 */
	boolean wasAcceptedBy(Person user, Link used) {
		return this.acceptedBy == user && used.version() <= this.link;
	}

	boolean wasDeclinedWith(Link used) {
		return this.answer == InvitationStatus.DECLINED && used.version() == this.link;
	}

	/**
	 * Requires that it was not answered or revoked.
	 */
	void requireOpen(Duration now) {
		if (status(now).isFinal()) {
			throw wrongStatus(now);
		}
	}

	Refusal wrongStatus(Duration now) {
		return Result.refused(ProblemCode.WRONG_STATUS).with("status", status(now).wireName()).asRefusal();
	}

	/**
	 * What a response to the owner contains.
	 */
	Result describe(Result result, Duration now) {
		return result.with("invitation", this.number)
			.with("status", status(now).wireName())
			.with("permissions", this.permissions)
			.with("version", this.version)
			.with("sends", this.link);
	}

}
