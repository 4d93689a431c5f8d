package dev.latchkey.invitation;

import dev.latchkey.invitation.NewUserAcceptance.NewMember;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.shared.DisplayText;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.Users;
import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Registers the invitee and accepts in the same transaction.
 */
class RegisteringAcceptance {

	private final InvitationLinks links;

	private final InvitationCommands commands;

	private final Users users;

	private final Passwords passwords;

	private final TransactionalOperator transaction;

	private final InvitationNotifier notifier;

	RegisteringAcceptance(InvitationLinks links, InvitationCommands commands, Users users, Passwords passwords,
			TransactionalOperator transaction, InvitationNotifier notifier) {
		this.links = links;
		this.commands = commands;
		this.users = users;
		this.passwords = passwords;
		this.transaction = transaction;
		this.notifier = notifier;
	}

	/**
	 * Creates the login and accepts.
	 * @return the new user and the membership, or the problems of
	 * {@link NewUserAcceptance#accept}, except for the limit
	 */
	Mono<NewMember> accept(String token, String name, String password) {
		String displayName = DisplayText.name("name", name);
		return this.links.requireGenuine(token).flatMap((link) -> accept(link, displayName, password));
	}

	private Mono<NewMember> accept(LinkToken link, String name, String password) {
		return this.links.requireValid(link)
			.flatMap((invitation) -> hash(password, invitation.email())
				.flatMap((hash) -> this.transaction.transactional(register(link, invitation, name, hash))))
			.doOnNext((member) -> this.notifier.accepted(member.membership()));
	}

	private Mono<String> hash(String password, EmailAddress email) {
		this.passwords.requireStrong(password, email);
		return requireNoLogin(email).then(this.passwords.hash(password));
	}

	private Mono<Void> requireNoLogin(EmailAddress email) {
		return this.users.find(email).flatMap((user) -> Mono.error(DomainException.of(ProblemCode.LOGIN_EXISTS)));
	}

	private Mono<NewMember> register(LinkToken link, Invitation invitation, String name, String hash) {
		return this.users.register(invitation.email(), name, hash, invitation.locale())
			.flatMap((user) -> this.commands.accept(link, user.userId(), user.address(), name)
				.map((accepted) -> new NewMember(user, accepted.value())));
	}

}
