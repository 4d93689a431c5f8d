package dev.latchkey.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.model.World.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * An account with its members, invitations, counts, log and mails.
 */
final class ModelAccount {

	final int number;

	@Nullable Integer validDays;

	@Nullable Integer maxPending;

	@Nullable Integer maxCreations;

	/** Counts the memberships that began or ended, and the transfers. */
	long membersVersion = 1;

	/** When the current window of creations began. */
	Duration creationWindow;

	/** The invitations that were created in this window. */
	int creations;

	@Nullable Offer offer;

	/** How often the ownership was offered. */
	int offers;

	private Person owner;

	private final Map<Person, ModelMember> members = new EnumMap<>(Person.class);

	private final List<ModelInvitation> invitations = new ArrayList<>();

	/** The mails to each mailbox. */
	private final Map<Person, MailCount> mailCounts = new EnumMap<>(Person.class);

	private final List<LoggedEvent> log = new ArrayList<>();

	private final List<QueuedMail> mails = new ArrayList<>();

	private final Map<Person, Map<String, Receipt>> receipts = new EnumMap<>(Person.class);

	ModelAccount(int number, Person owner, Duration now) {
		this.number = number;
		this.owner = owner;
		this.creationWindow = now;
		put(new ModelMember(owner, ModelMember.ALL, 1, 1, now));
	}

	ModelAccount copy() {
		ModelAccount copy = new ModelAccount(this.number, this.owner, this.creationWindow);
		copy.validDays = this.validDays;
		copy.maxPending = this.maxPending;
		copy.maxCreations = this.maxCreations;
		copy.membersVersion = this.membersVersion;
		copy.creations = this.creations;
		copy.offer = this.offer;
		copy.offers = this.offers;
		copy.members.clear();
		copy.members.putAll(this.members);
		this.invitations.forEach((invitation) -> copy.invitations.add(invitation.copy()));
		copy.mailCounts.putAll(this.mailCounts);
		copy.log.addAll(this.log);
		copy.mails.addAll(this.mails);
		this.receipts.forEach((user, known) -> copy.receipts.put(user, new HashMap<>(known)));
		return copy;
	}

	Person owner() {
		return this.owner;
	}

	void setOwner(Person newOwner) {
		this.owner = newOwner;
	}

	Collection<ModelMember> members() {
		return this.members.values();
	}

	boolean isMember(Person user) {
		return this.members.containsKey(user);
	}

	Optional<ModelMember> findMember(Person user) {
		return Optional.ofNullable(this.members.get(user));
	}

	void put(ModelMember member) {
		this.members.put(member.user(), member);
	}

	/**
	 * Ends a membership, and an offer to this member.
	 */
	void remove(Person user) {
		this.members.remove(user);
		this.membersVersion++;
		if (this.offer != null && this.offer.newOwner() == user) {
			this.offer = null;
		}
	}

	List<ModelInvitation> invitations() {
		return this.invitations;
	}

	Optional<ModelInvitation> find(int invitation) {
		return this.invitations.stream().filter((candidate) -> candidate.number == invitation).findFirst();
	}

	Optional<ModelInvitation> findLive(Person invitee, Duration now) {
		return this.invitations.stream()
			.filter((invitation) -> invitation.invitee() == invitee && invitation.isLive(now))
			.findFirst();
	}

	long livePending(Duration now) {
		return this.invitations.stream().filter((invitation) -> invitation.isLive(now)).count();
	}

	/**
	 * Marks an invitation that has expired.
	 */
	void mark(ModelInvitation overdue, Duration now) {
		overdue.marked = true;
		append(Event.bySystem(Event.EXPIRED).of(overdue), now);
	}

	/**
	 * Marks the overdue invitation of an address, if there is one.
	 */
	void markOverdue(Person invitee, Duration now) {
		this.invitations.stream()
			.filter((invitation) -> invitation.invitee() == invitee && invitation.isOverdue(now))
			.forEach((overdue) -> mark(overdue, now));
	}

	Map<Person, MailCount> mailCounts() {
		return this.mailCounts;
	}

	void append(Event event, Duration now) {
		this.log.add(new LoggedEvent(event, now));
	}

	List<LoggedEvent> log() {
		return this.log;
	}

	void queue(String topic, String subject, int version) {
		this.mails.add(new QueuedMail(topic, subject, version));
	}

	List<QueuedMail> mails() {
		return this.mails;
	}

	/**
	 * The receipts of a user's requests, by key.
	 */
	Map<String, Receipt> receipts(Person user) {
		return this.receipts.computeIfAbsent(user, (first) -> new HashMap<>());
	}

	/**
	 * The mails to a mailbox.
	 *
	 * @param windowStart when the first mail of the window was sent
	 * @param furtherMails the mails after the first one
	 */
	record MailCount(Duration windowStart, int furtherMails) {

	}

	/**
	 * An offer of the ownership, which may be over.
	 */
	record Offer(Person newOwner, Duration expires) {

	}

	record LoggedEvent(Event event, Duration at) {

	}

	record QueuedMail(String topic, String subject, int version) {

	}

}
