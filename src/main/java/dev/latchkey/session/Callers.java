package dev.latchkey.session;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;

/**
 * Tells a handler who is calling. Identity lives in the Reactor context and nowhere else.
 */
public final class Callers {

	private Callers() {
	}

	/**
	 * The signed-in caller.
	 * @return the caller, or {@link ProblemCode#NOT_SIGNED_IN}
	 */
	public static Mono<Caller> current() {
		return ReactiveSecurityContextHolder.getContext()
			.mapNotNull(SecurityContext::getAuthentication)
			.mapNotNull(Authentication::getPrincipal)
			.ofType(Caller.class)
			.switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.NOT_SIGNED_IN)));
	}

}
