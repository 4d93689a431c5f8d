package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.command.CommandExecution;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DisplayText;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.User;
import dev.latchkey.user.Users;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * The invitee's side of an invitation. The link proves the mailbox; who accepts must be
 * its user, or become it. Nothing is consumed by looking.
 */
public class Acceptance {

	private final LinkTokens tokens;

	private final InvitationStore store;

	private final InviteeCommands commands;

	private final CommandExecution execution;

	private final Users users;

	private final Passwords passwords;

	private final TransactionalOperator transaction;

	private final InvitationNotifier notifier;

	Acceptance(LinkTokens tokens, InvitationStore store, InviteeCommands commands, CommandExecution execution,
			Users users, Passwords passwords, TransactionalOperator transaction, InvitationNotifier notifier) {
		this.tokens = tokens;
		this.store = store;
		this.commands = commands;
		this.execution = execution;
		this.users = users;
		this.passwords = passwords;
		this.transaction = transaction;
		this.notifier = notifier;
	}

	/**
	 * Accepts as the signed-in user.
	 * @return the invitation, or {@link ProblemCode#INVITATION_EMAIL_MISMATCH} with
	 * nothing consumed, {@link ProblemCode#NOT_FOUND} for what is no link of ours, and
	 * {@link ProblemCode#EXPIRED}, {@link ProblemCode#SUPERSEDED},
	 * {@link ProblemCode#REVOKED} or {@link ProblemCode#USED} for a dead one
	 */
	public Mono<Invitation> accept(String token, Caller caller) {
		return link(token).flatMap((link) -> accept(link, caller));
	}

	/**
	 * Accepts as a new user, whose login is made in the same transaction.
	 * @return the new user and the invitation, or {@link ProblemCode#LOGIN_EXISTS} and
	 * the refusals of a link
	 */
	public Mono<NewMember> acceptAsNewUser(String token, String name, String password) {
		String displayName = DisplayText.name("name", name);
		return link(token)
			.flatMap((link) -> live(link).flatMap((invitation) -> register(link, invitation, displayName, password)));
	}

	/**
	 * Declines, with a reason or without.
	 * @return the invitation, or the refusals of a link
	 */
	public Mono<Invitation> decline(String token, @Nullable String reason) {
		String line = (reason != null) ? DisplayText.reason("reason", reason) : null;
		return link(token)
			.flatMap((link) -> this.execution.run(account(link), this.commands.decline().execute(link, line))
				.orExplain(live(link).then()))
			.doOnNext(this.notifier::declined);
	}

	/**
	 * Reads what a live link offers.
	 */
	public Mono<Preview> preview(String token) {
		return link(token).flatMap(this::live)
			.flatMap((invitation) -> this.store.parties(invitation)
				.zipWith(this.users.find(invitation.email()).hasElement())
				.map((found) -> new Preview(invitation, found.getT1(), found.getT2())));
	}

	private Mono<Invitation> accept(LinkToken link, Caller caller) {
		Mono<Invitation> command = this.commands.accept().execute(link, caller.user(), caller.email(), caller.name());
		return this.execution.run(account(link), command)
			.orExplain(refuseAccept(link, caller.email()))
			.doOnNext(this.notifier::accepted);
	}

	private Mono<NewMember> register(LinkToken link, Invitation invitation, String name, String password) {
		this.passwords.check(password, invitation.email());
		return requireNoLogin(invitation.email()).then(this.passwords.hash(password))
			.flatMap((hash) -> this.transaction.transactional(insert(link, invitation, name, hash)))
			.doOnNext((member) -> this.notifier.accepted(member.invitation()));
	}

	private Mono<NewMember> insert(LinkToken link, Invitation invitation, String name, String hash) {
		return this.users.register(invitation.email(), name, hash, invitation.locale())
			.flatMap((user) -> this.commands.accept()
				.execute(link, user.userId(), user.address(), name)
				.onErrorMap(DuplicateKeyException.class, (member) -> DomainException.of(ProblemCode.ALREADY_MEMBER))
				.switchIfEmpty(refuseAccept(link, user.address())
					.then(Mono.error(DomainException.of(ProblemCode.REQUEST_IN_FLIGHT))))
				.map((accepted) -> new NewMember(user, accepted)));
	}

	private Mono<Void> requireNoLogin(EmailAddress email) {
		return this.users.find(email).flatMap((user) -> Mono.error(DomainException.of(ProblemCode.LOGIN_EXISTS)));
	}

	private Mono<LinkToken> link(String token) {
		return Mono.justOrEmpty(this.tokens.verify(LinkToken.Purpose.INVITATION, token))
			.switchIfEmpty(Mono.error(DomainException::notFound));
	}

	private Mono<Invitation> live(LinkToken link) {
		return this.store.find(account(link), new InvitationId(link.subject()))
			.switchIfEmpty(Mono.error(DomainException::notFound))
			.flatMap((invitation) -> orFail(invitation, invitation.refusesLink(link.version())))
			.filterWhen(this.store::inviterOwns)
			.switchIfEmpty(Mono.error(DomainException.of(ProblemCode.REVOKED)));
	}

	private Mono<Void> refuseAccept(LinkToken link, EmailAddress email) {
		return live(link).flatMap((invitation) -> {
			if (!invitation.email().equals(email)) {
				return Mono.error(DomainException.of(ProblemCode.INVITATION_EMAIL_MISMATCH));
			}
			return this.store.isMember(invitation.account(), email)
				.flatMap(
						(member) -> member ? Mono.error(DomainException.of(ProblemCode.ALREADY_MEMBER)) : Mono.empty());
		});
	}

	private static Mono<Invitation> orFail(Invitation invitation, Optional<DomainException> refusal) {
		return refusal.<Mono<Invitation>>map(Mono::error).orElse(Mono.just(invitation));
	}

	private static AccountId account(LinkToken link) {
		return new AccountId(link.scope());
	}

	/**
	 * Somebody who has got a login and a membership in one step.
	 */
	public record NewMember(User user, Invitation invitation) {

	}

	/**
	 * What the holder of a live link may know before they decide. The address is not part
	 * of what is shown.
	 *
	 * @param loginExists whether the invited address has a login to accept with
	 */
	public record Preview(Invitation invitation, InvitationParties parties, boolean loginExists) {

	}

}
