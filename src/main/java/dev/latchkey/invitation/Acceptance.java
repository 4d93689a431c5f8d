package dev.latchkey.invitation;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.latchkey.command.CommandResult;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.DisplayText;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.user.User;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The commands of an invitee, who uses the link of an invitation: preview, accept,
 * decline. The link proves access to the mailbox; only the user of the invited address
 * can accept. A preview changes nothing.
 * <p>
 * An invitee can repeat an answer, for example because the response was lost or because
 * the mail is opened again. The repeat succeeds like the first time and changes nothing.
 */
public class Acceptance {

	private final InvitationLinks links;

	private final InvitationStore store;

	private final InvitationCommands commands;

	private final Function<EmailAddress, Mono<User>> logins;

	private final InvitationNotifier notifier;

	/**
	 * Creates the service.
	 * @param logins finds the user of an address
	 */
	Acceptance(InvitationLinks links, InvitationStore store, InvitationCommands commands,
			Function<EmailAddress, Mono<User>> logins, InvitationNotifier notifier) {
		this.links = links;
		this.store = store;
		this.commands = commands;
		this.logins = logins;
		this.notifier = notifier;
	}

	/**
	 * Accepts the invitation of a link as the signed-in user.
	 * @param token the token of the link
	 * @return the membership, also for a member who accepted this invitation before;
	 * {@link ProblemCode#INVITATION_EMAIL_MISMATCH} if it is for another address, which
	 * leaves it unchanged; {@link ProblemCode#NOT_FOUND} if the token is not one of this
	 * service; {@link ProblemCode#EXPIRED}, {@link ProblemCode#SUPERSEDED},
	 * {@link ProblemCode#REVOKED} or {@link ProblemCode#USED} if the link is not valid
	 */
	public Mono<CommandResult<Membership>> accept(String token, Caller caller) {
		return this.links.requireGenuine(token).flatMap((link) -> accept(link, caller));
	}

	/**
	 * Declines the invitation of a link.
	 * @param token the token of the link
	 * @param reason shown to the owner, or null; a repeat does not change the first
	 * reason
	 * @return the invitation, also if it was declined with the same link before; or the
	 * problems of a link as in {@link #accept}
	 */
	public Mono<CommandResult<Invitation>> decline(String token, @Nullable String reason) {
		String text = (reason != null) ? DisplayText.reason("reason", reason) : null;
		return this.links.requireGenuine(token).flatMap((link) -> decline(link, text));
	}

	/**
	 * Reads what a valid link offers.
	 * @param token the token of the link
	 * @param caller the signed-in user, if there is one
	 * @return the offer, or the problems of a link as in {@link #accept}. For the member
	 * who accepted the invitation, {@link ProblemCode#USED} contains the id of the
	 * account as {@code accountId}.
	 */
	public Mono<Preview> preview(String token, Optional<Caller> caller) {
		return this.links.requireGenuine(token)
			.flatMap((link) -> this.links.requireValid(link)
				.onErrorResume(DomainException.class, (problem) -> fail(problem, link, caller)))
			.flatMap(this::preview);
	}

	private Mono<CommandResult<Membership>> accept(LinkToken link, Caller caller) {
		return this.commands.accept(link, caller.user(), caller.email(), caller.name())
			.doOnNext((result) -> notifyUnlessReplayed(result, this.notifier::accepted));
	}

	private Mono<CommandResult<Invitation>> decline(LinkToken link, @Nullable String reason) {
		return this.commands.decline(link, reason)
			.doOnNext((result) -> notifyUnlessReplayed(result, this.notifier::declined));
	}

	private static <T> void notifyUnlessReplayed(CommandResult<T> result, Consumer<T> notification) {
		if (!result.replayed()) {
			notification.accept(result.value());
		}
	}

	/**
	 * Fails because the link is not valid. The member who accepted with it gets the way
	 * into the account. Nobody else learns which account a used link was for.
	 */
	private Mono<Invitation> fail(DomainException problem, LinkToken link, Optional<Caller> caller) {
		return Mono.justOrEmpty(caller)
			.flatMap((user) -> this.links.findMembership(link, user.user()))
			.map((membership) -> DomainException.of(ProblemCode.USED).with("accountId", membership.account().value()))
			.defaultIfEmpty(problem)
			.flatMap(Mono::error);
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
