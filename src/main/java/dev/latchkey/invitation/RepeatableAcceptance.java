package dev.latchkey.invitation;

import java.util.Set;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.session.SignIn;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

/**
 * Lets new users repeat their acceptance, for example after a lost response. By then
 * their login exists, so the password is checked as at a sign-in. A client that does not
 * know the password gets the same problem as without this check.
 */
class RepeatableAcceptance implements NewUserAcceptance {

	/**
	 * How the registration fails if the invitation was accepted: with
	 * {@code LOGIN_EXISTS} if the acceptance was running at the same time.
	 */
	private static final Set<ProblemCode> PROBLEMS_AFTER_ACCEPTANCE = Set.of(ProblemCode.USED,
			ProblemCode.LOGIN_EXISTS);

	private final RegisteringAcceptance registering;

	private final InvitationLinks links;

	private final SignIn signIn;

	RepeatableAcceptance(RegisteringAcceptance registering, InvitationLinks links, SignIn signIn) {
		this.registering = registering;
		this.links = links;
		this.signIn = signIn;
	}

	@Override
	public Mono<NewMember> accept(String token, String name, String password, String source) {
		return this.registering.accept(token, name, password)
			.onErrorResume(RepeatableAcceptance::isProblemAfterAcceptance,
					(problem) -> this.links.requireGenuine(token)
						.flatMap((link) -> findMember(link, password, source))
						.switchIfEmpty(Mono.error(problem)));
	}

	/**
	 * Checks the password before the membership, so that only the user learns whether
	 * they are still a member.
	 */
	private Mono<NewMember> findMember(LinkToken link, String password, String source) {
		return this.links.find(link)
			.filter((invitation) -> invitation.status() == InvitationStatus.ACCEPTED)
			.flatMap((invitation) -> this.signIn.authenticate(invitation.email(), password, source))
			.flatMap((user) -> this.links.findMembership(link, user.userId())
				.map((membership) -> new NewMember(user, membership)));
	}

	private static boolean isProblemAfterAcceptance(Throwable error) {
		return error instanceof DomainException problem && PROBLEMS_AFTER_ACCEPTANCE.contains(problem.code());
	}

}
