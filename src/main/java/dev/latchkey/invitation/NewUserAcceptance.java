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
	 * Creates the login and accepts. The member who accepted before can repeat this with
	 * the same password, which changes nothing. A wrong password then counts as a failed
	 * sign-in.
	 * @param token the token of the link
	 * @param source the client address, for the rate limit of sign-ins
	 * @return the user and the membership; {@link ProblemCode#LOGIN_EXISTS} if the
	 * invited address has a login; the problems of a link as in
	 * {@link Acceptance#accept}; or {@link ProblemCode#LIMIT_REACHED}
	 */
	Mono<NewMember> accept(String token, String name, String password, String source);

	/**
	 * A user and their membership.
	 */
	record NewMember(User user, Membership membership) {

	}

}
