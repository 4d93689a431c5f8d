package dev.latchkey.invitation;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.latchkey.account.Accounts;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.LockedAccount;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import reactor.core.publisher.Mono;

/**
 * An account for one test, with its owner and a user to invite.
 */
record InvitationFixture(TestDatabase database, Service service, AccountId account, Caller owner, Caller invitee) {

	/** The permissions of invitations unless a test sets others. */
	static final PermissionSet OFFERED = PermissionSet.ofKeys(List.of("invoices"));

	static InvitationFixture of(TestDatabase database, Service service) {
		Caller owner = RandomCommands.aCaller();
		AccountId account = block(
				service.bean(Accounts.class).create(owner, "Contested", Locale.ENGLISH, Optional.empty()))
			.value()
			.id();
		return new InvitationFixture(database, service, account, owner, RandomCommands.aCaller());
	}

	InvitationFixture withInvitee(Caller other) {
		return new InvitationFixture(this.database, this.service, this.account, this.owner, other);
	}

	/**
	 * Runs a command that waits for the account's lock while another transaction holds
	 * the lock and makes a change.
	 * @return "ok" or the code of the problem
	 */
	String runAfter(Consumer<LockedAccount> change, Mono<?> command) {
		try (LockedAccount locked = LockedAccount.hold(this.database, this.account.value())) {
			CompletableFuture<String> result = result(command).toFuture();
			locked.awaitWaiting(1);
			change.accept(locked);
			locked.release();
			return result.join();
		}
	}

	/**
	 * The result of a command.
	 * @return "ok" or the code of the problem
	 */
	static Mono<String> result(Mono<?> command) {
		return command.map((done) -> "ok")
			.defaultIfEmpty("ok")
			.onErrorResume(DomainException.class, (problem) -> Mono.just(problem.code().code()));
	}

	Mono<?> create(EmailAddress email) {
		return this.service.bean(Invitations.class)
			.create(this.account, this.owner.user(), new NewInvitation(email, OFFERED, null, null), Optional.empty());
	}

	Invitation invite() {
		return invite(this.invitee.email());
	}

	Invitation invite(EmailAddress email) {
		return block(this.service.bean(Invitations.class)
			.create(this.account, this.owner.user(), new NewInvitation(email, OFFERED, null, null), Optional.empty()))
			.value();
	}

	Mono<?> resend(Invitation invitation) {
		return this.service.bean(Invitations.class)
			.resend(this.account, this.owner.user(), invitation.id(), Optional.empty());
	}

	Mono<?> revoke(Invitation invitation) {
		return this.service.bean(Invitations.class)
			.revoke(this.account, this.owner.user(), invitation.id(), Optional.empty());
	}

	Mono<?> edit(Invitation invitation, String permission) {
		return this.service.bean(Invitations.class)
			.editPermissions(this.account, this.owner.user(), invitation.id(),
					PermissionSet.ofKeys(List.of(permission)), invitation.version());
	}

	Mono<?> accept(Invitation invitation) {
		return this.service.bean(Acceptance.class).accept(token(invitation), this.invitee);
	}

	Mono<?> decline(Invitation invitation) {
		return this.service.bean(Acceptance.class).decline(token(invitation), null);
	}

	Invitation current(Invitation invitation) {
		return block(this.service.bean(Invitations.class).find(this.account, this.owner.user(), invitation.id()));
	}

	/**
	 * Lets 8 days pass for an invitation.
	 */
	void age(Invitation invitation) {
		this.database.update(AGE, this.account.value(), invitation.id().value());
	}

	/**
	 * Makes the invitee a member: invites them and accepts.
	 */
	void addInviteeAsMember() {
		block(accept(invite()));
	}

	long memberCount() {
		return this.database.number("select count(*) from membership where account_id = ?", this.account.value());
	}

	/** The permissions of the invitee as a member, separated by commas. */
	String heldPermissions() {
		return String.valueOf(this.database.rows(
				"select array_to_string(permissions, ',') as held from membership where account_id = ? and user_id = ?",
				this.account.value(), this.invitee.user().value())
			.get(0)
			.get("held"));
	}

	/**
	 * Makes an invitation 8 days older; takes its account and id. Like a command, it
	 * locks the account first.
	 */
	static final String AGE = "update invitation set issued_at = issued_at - interval '8 days',"
			+ " expires_at = expires_at - interval '8 days'"
			+ " where account_id = (select id from account where id = ? for no key update) and id = ?";

	/** Moves one invitation from one counter of the account to another. */
	Consumer<LockedAccount> moveCount(String from, String to) {
		return (locked) -> locked.run("update account set " + from + "_count = " + from + "_count - 1, " + to
				+ "_count = " + to + "_count + 1 where id = ?", this.account.value());
	}

	/**
	 * Updates an invitation's row as a command would.
	 */
	Consumer<LockedAccount> update(Invitation invitation, String assignments) {
		return (locked) -> locked.run("update invitation set " + assignments + " where account_id = ? and id = ?",
				this.account.value(), invitation.id().value());
	}

	/**
	 * Inserts a pending invitation as a command would.
	 */
	Consumer<LockedAccount> insertPending(UUID id, EmailAddress email) {
		return (locked) -> {
			locked.run("""
					insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox,
					                        permissions, locale, status, delivery_status, expires_at)
					select id, ?, invitation_seq + 1, owner_id, ?, ?, ?, array['quotes'], 'en', 'PENDING', 'QUEUED',
					       now() + interval '7 days'
					  from account where id = ?
					""", id, email.value(), email.canonical(), email.mailbox(), this.account.value());
			locked.run("update account set invitation_seq = invitation_seq + 1, pending_count = pending_count + 1"
					+ " where id = ?", this.account.value());
		};
	}

	private String token(Invitation invitation) {
		return this.service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, this.account.value(), invitation.id().value(),
					invitation.tokenVersion())
			.text();
	}

	private static <T> T block(Mono<T> mono) {
		return Objects.requireNonNull(mono.block());
	}

}
