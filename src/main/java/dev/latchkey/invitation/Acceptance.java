package dev.latchkey.invitation;

import java.util.function.Function;

import dev.latchkey.command.CommandExecution;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.DisplayText;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.user.User;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The commands of an invitee, who uses the link of an invitation: preview, accept,
 * decline. The link proves access to the mailbox; only the user of the invited address
 * can accept. A preview changes nothing.
 */
public class Acceptance {

	private final InvitationLinks links;

	private final InvitationStore store;

	private final InvitationCommands commands;

	private final CommandExecution execution;

	private final Function<EmailAddress, Mono<User>> logins;

	private final InvitationNotifier notifier;

	/**
	 * Creates the service.
	 * @param logins finds the user of an address
	 */
	Acceptance(InvitationLinks links, InvitationStore store, InvitationCommands commands, CommandExecution execution,
			Function<EmailAddress, Mono<User>> logins, InvitationNotifier notifier) {
		this.links = links;
		this.store = store;
		this.commands = commands;
		this.execution = execution;
		this.logins = logins;
		this.notifier = notifier;
	}

	/**
	 * Accepts the invitation of a link as the signed-in user.
	 * @param token the token of the link
	 * @return the invitation; {@link ProblemCode#INVITATION_EMAIL_MISMATCH} if it is for
	 * another address, which leaves it unchanged; {@link ProblemCode#NOT_FOUND} if the
	 * token is not one of this service; {@link ProblemCode#EXPIRED},
	 * {@link ProblemCode#SUPERSEDED}, {@link ProblemCode#REVOKED} or
	 * {@link ProblemCode#USED} if the link is not valid
	 */
	public Mono<Invitation> accept(String token, Caller caller) {
		return this.links.requireGenuine(token).flatMap((link) -> accept(link, caller));
	}

	/**
	 * Declines the invitation of a link.
	 * @param token the token of the link
	 * @param reason shown to the owner, or null
	 * @return the invitation, or the problems of a link as in {@link #accept}
	 */
	public Mono<Invitation> decline(String token, @Nullable String reason) {
		String text = (reason != null) ? DisplayText.reason("reason", reason) : null;
		return this.links.requireGenuine(token).flatMap((link) -> decline(link, text));
	}

	/**
	 * Reads what a valid link offers.
	 * @param token the token of the link
	 * @return the offer, or the problems of a link as in {@link #accept}
	 */
	public Mono<Preview> preview(String token) {
		return this.links.requireGenuine(token).flatMap(this.links::requireValid).flatMap(this::preview);
	}

	private Mono<Invitation> accept(LinkToken link, Caller caller) {
		Mono<Invitation> command = this.commands.accept(link, caller.user(), caller.email(), caller.name());
		return this.execution.run(InvitationLinks.account(link), command)
			.orExplain(this.links.explainAccept(link, caller.email()))
			.doOnNext(this.notifier::accepted);
	}

	private Mono<Invitation> decline(LinkToken link, @Nullable String reason) {
		Mono<Invitation> command = this.commands.decline(link, reason);
		return this.execution.run(InvitationLinks.account(link), command)
			.orExplain(this.links.requireValid(link).then())
			.doOnNext(this.notifier::declined);
	}

	private Mono<Preview> preview(Invitation invitation) {
		Mono<Boolean> loginExists = this.logins.apply(invitation.email()).hasElement();
		return Mono.zip(this.store.parties(invitation), loginExists,
				(parties, exists) -> new Preview(invitation, parties, exists));
	}

	/**
	 * What the holder of a valid link can see before deciding. The invited address must
	 * not be shown.
	 *
	 * @param loginExists whether the invited address has a login to accept with
	 */
	public record Preview(Invitation invitation, InvitationParties parties, boolean loginExists) {

	}

}
