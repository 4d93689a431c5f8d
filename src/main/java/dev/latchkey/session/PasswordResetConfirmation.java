package dev.latchkey.session;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.User;
import dev.latchkey.user.Users;
import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Sets a new password by a mailed link. This ends all sessions of the user, because
 * another person may have opened them. The user can then sign in from the same source,
 * whatever others have tried.
 */
public class PasswordResetConfirmation {

	private final PasswordResetStore store;

	private final LinkTokens tokens;

	private final Users users;

	private final Passwords passwords;

	private final Sessions sessions;

	private final TransactionalOperator transaction;

	private final SignInLimits limits;

	PasswordResetConfirmation(PasswordResetStore store, LinkTokens tokens, Users users, Passwords passwords,
			Sessions sessions, TransactionalOperator transaction, SignInLimits limits) {
		this.store = store;
		this.tokens = tokens;
		this.users = users;
		this.passwords = passwords;
		this.sessions = sessions;
		this.transaction = transaction;
		this.limits = limits;
	}

	/**
	 * Sets the password.
	 * @param token the token of the mailed link
	 * @param source the client address, which is known for the user's address from now on
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND} if the token is not
	 * genuine, with {@link ProblemCode#USED} or {@link ProblemCode#EXPIRED} if it is no
	 * longer valid, or with {@link ProblemCode#WEAK_PASSWORD}
	 */
	public Mono<Void> confirm(String token, String password, String source) {
		return Mono.justOrEmpty(this.tokens.verify(LinkToken.Purpose.PASSWORD_RESET, token))
			.flatMap((link) -> this.store.find(new UserId(link.scope()), link.subject())
				.flatMap((state) -> confirm(link, state, password, source).thenReturn(state)))
			.switchIfEmpty(Mono.error(DomainException.notFound()))
			.then();
	}

	private Mono<Void> confirm(LinkToken link, PasswordResetStore.State state, String password, String source) {
		return switch (state) {
			case USED -> Mono.error(DomainException.of(ProblemCode.USED));
			case EXPIRED -> Mono.error(DomainException.of(ProblemCode.EXPIRED));
			case VALID -> change(link, password, source);
		};
	}

	private Mono<Void> change(LinkToken link, String password, String source) {
		return this.users.find(new UserId(link.scope()))
			.doOnNext((user) -> this.passwords.requireStrong(password, user.address()))
			.flatMap((user) -> this.passwords.hash(password)
				.flatMap((hash) -> this.transaction.transactional(replace(link, user, hash, source))))
			.doOnNext(this.sessions::markEnded)
			.then();
	}

	private Mono<Iterable<SessionId>> replace(LinkToken link, User user, String hash, String source) {
		return this.store.use(user.userId(), link.subject())
			.filter((used) -> used)
			.switchIfEmpty(Mono.error(DomainException.of(ProblemCode.USED)))
			.then(this.users.changePassword(user.userId(), hash))
			.then(this.limits.recordProof(user.address(), source))
			.then(this.limits.resetConfirmation(user.userId()))
			.then(this.sessions.endAll(user.userId()));
	}

}
