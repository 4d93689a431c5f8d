package dev.latchkey.user;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.shared.DisplayText;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * The second step of signing up: the mailed link proves that the mailbox belongs to the
 * user, who then sets a name and a password.
 */
public class SignUpConfirmation {

	private final SignUpStore store;

	private final LinkTokens tokens;

	private final Users users;

	private final Passwords passwords;

	private final TransactionalOperator transaction;

	private final SignUpLimits limits;

	SignUpConfirmation(SignUpStore store, LinkTokens tokens, Users users, Passwords passwords,
			TransactionalOperator transaction, SignUpLimits limits) {
		this.store = store;
		this.tokens = tokens;
		this.users = users;
		this.passwords = passwords;
		this.transaction = transaction;
		this.limits = limits;
	}

	/**
	 * Creates the login that the link was sent for.
	 * @param source the client address, which is known for the address from now on
	 * @return the new user, or an error: {@link ProblemCode#NOT_FOUND} for a token that
	 * is not genuine, {@link ProblemCode#USED} or {@link ProblemCode#EXPIRED} for a
	 * genuine one
	 */
	public Mono<User> confirm(String token, String name, String password, String source) {
		String displayName = DisplayText.name("name", name);
		return Mono.justOrEmpty(this.tokens.verify(LinkToken.Purpose.VERIFICATION, token))
			.flatMap((link) -> this.store.find(link.subject()))
			.switchIfEmpty(Mono.error(DomainException.notFound()))
			.flatMap((signUp) -> confirm(signUp, displayName, password, source));
	}

	private Mono<User> confirm(SignUp signUp, String name, String password, String source) {
		signUp.requireUsable();
		this.passwords.requireStrong(password, signUp.email());
		return this.passwords.hash(password)
			.flatMap((hash) -> this.transaction.transactional(register(signUp, name, hash, source)));
	}

	private Mono<User> register(SignUp signUp, String name, String hash, String source) {
		return this.store.markUsed(signUp)
			.then(this.users.register(signUp.email(), name, hash, signUp.locale()))
			.flatMap((user) -> this.limits.recordProof(signUp.email(), source).thenReturn(user));
	}

}
