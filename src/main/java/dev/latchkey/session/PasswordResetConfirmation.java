package dev.latchkey.session;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.Users;
import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Sets a new password by a mailed link. This ends all sessions of the user, because
 * another person may have opened them.
 */
public class PasswordResetConfirmation {

	private final PasswordResetStore store;

	private final LinkTokens tokens;

	private final Users users;

	private final Passwords passwords;

	private final Sessions sessions;

	private final TransactionalOperator transaction;

	PasswordResetConfirmation(PasswordResetStore store, LinkTokens tokens, Users users, Passwords passwords,
			Sessions sessions, TransactionalOperator transaction) {
		this.store = store;
		this.tokens = tokens;
		this.users = users;
		this.passwords = passwords;
		this.sessions = sessions;
		this.transaction = transaction;
	}

	/**
	 * Sets the password.
	 * @param token the token of the mailed link
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND} if the token is not
	 * genuine, with {@link ProblemCode#USED} or {@link ProblemCode#EXPIRED} if it is no
	 * longer valid, or with {@link ProblemCode#WEAK_PASSWORD}
	 */
	public Mono<Void> confirm(String token, String password) {
		return Mono.justOrEmpty(this.tokens.verify(LinkToken.Purpose.PASSWORD_RESET, token))
			.flatMap((link) -> this.store.find(new UserId(link.scope()), link.subject())
				.flatMap((state) -> confirm(link, state, password).thenReturn(state)))
			.switchIfEmpty(Mono.error(DomainException.notFound()))
			.then();
	}

	private Mono<Void> confirm(LinkToken link, PasswordResetStore.State state, String password) {
		return switch (state) {
			case USED -> Mono.error(DomainException.of(ProblemCode.USED));
			case EXPIRED -> Mono.error(DomainException.of(ProblemCode.EXPIRED));
			case VALID -> change(link, password);
		};
	}

	private Mono<Void> change(LinkToken link, String password) {
		UserId user = new UserId(link.scope());
		return this.users.find(user)
			.doOnNext((found) -> this.passwords.requireStrong(password, found.address()))
			.flatMap((found) -> this.passwords.hash(password))
			.flatMap((hash) -> this.transaction.transactional(replace(link, user, hash)))
			.doOnNext(this.sessions::markEnded)
			.then();
	}

	private Mono<Iterable<SessionId>> replace(LinkToken link, UserId user, String hash) {
		return this.store.use(user, link.subject())
			.filter((used) -> used)
			.switchIfEmpty(Mono.error(DomainException.of(ProblemCode.USED)))
			.then(this.users.changePassword(user, hash))
			.then(this.sessions.endAll(user));
	}

}
