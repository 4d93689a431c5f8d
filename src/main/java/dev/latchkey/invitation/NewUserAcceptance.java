package dev.latchkey.invitation;

import dev.latchkey.shared.ProblemCode;
import dev.latchkey.user.User;
import reactor.core.publisher.Mono;

/**
 * Accepts an invitation for an invitee without a login: creates the login for the invited
 * address and accepts.
 */
public interface NewUserAcceptance {

	/**
	 * Creates the login and accepts.
	 * @param token the token of the link
	 * @return the new user and the invitation; {@link ProblemCode#LOGIN_EXISTS} if the
	 * invited address has a login; or the problems of a link as in
	 * {@link Acceptance#accept}
	 */
	Mono<NewMember> accept(String token, String name, String password);

	/**
	 * A new user and the invitation that made them a member.
	 */
	record NewMember(User user, Invitation invitation) {

	}

}
