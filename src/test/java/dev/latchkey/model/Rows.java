package dev.latchkey.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The rows of the database, as the model expects them and as they are stored. Times are
 * in minutes from now. Only what decides about later commands is compared: the count of a
 * window or an offer that is over is left out.
 */
final class Rows {

	private Rows() {
	}

	/**
	 * @param live the pending invitations that have not expired
	 * @param expired the expired ones, marked or not
	 */
	record AccountRow(int account, Person owner, @Nullable Integer validDays, long membersVersion, int members,
			long invitations, int live, int accepted, int declined, int revoked, int expired) {

	}

	record CreationRow(int account, int creations, long windowStart) {

	}

	record OfferRow(int account, Person newOwner, int version, long expires) {

	}

	record MemberRow(int account, Person user, boolean owner, List<String> permissions, int version, long number,
			long joined) {

	}

	/**
	 * @param inviter null unless it is live, because only then it matters
	 * @param marked whether it is marked as expired
	 */
	record InvitationRow(int account, int number, Person invitee, @Nullable Person inviter, List<String> permissions,
			String status, boolean marked, String delivery, int link, int version, int sends,
			@Nullable Integer validDays, InvitationTimes times, @Nullable Person acceptedBy,
			@Nullable String declineReason) {

	}

	record InvitationTimes(long created, long issued, long expires, @Nullable Long ended) {

	}

	record QuotaRow(int account, Person mailbox, int resends, long windowStart) {

	}

	/**
	 * An event other than {@code invitation.expired}, which is appended when an overdue
	 * invitation is marked, and that can happen earlier or later.
	 *
	 * @param place the number of the event among these
	 */
	record EventRow(int account, int place, Event event, long at) {

	}

	/**
	 * The types of all events of an invitation, in order.
	 */
	record HistoryRow(int account, int invitation, List<String> types) {

	}

	/**
	 * A mail in the outbox.
	 *
	 * @param place the number of the mail among those of the account
	 */
	record MailRow(int account, int place, String topic, String subject, int version) {

	}

	/**
	 * @param account 0 for the receipts of a user
	 */
	record ReceiptRow(int account, Person caller, String key, String subject) {

	}

}
