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
 * Setting a new password by a mailed link. It ends every session of the user: whoever
 * held one may not be the owner of the mailbox.
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
	 * @return completes, or a refusal: not found for what is no token of ours,
	 * {@link ProblemCode#USED} or {@link ProblemCode#EXPIRED} for a genuine one
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
			case LIVE -> change(link, password);
		};
	}

	private Mono<Void> change(LinkToken link, String password) {
		UserId id = new UserId(link.scope());
		return this.users.find(id)
			.doOnNext((user) -> this.passwords.requireStrong(password, user.address()))
			.flatMap((user) -> this.passwords.hash(password))
			.flatMap((hash) -> this.transaction.transactional(replace(link, id, hash)))
			.doOnNext(this.sessions::announce)
			.then();
	}

	private Mono<Iterable<SessionId>> replace(LinkToken link, UserId id, String hash) {
		return this.store.use(id, link.subject())
			.filter((live) -> live)
			.switchIfEmpty(Mono.error(DomainException.of(ProblemCode.USED)))
			.then(this.users.changePassword(id, hash))
			.then(this.sessions.endAll(id));
	}

}
