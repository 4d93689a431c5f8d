package dev.latchkey.session;

import java.util.function.BiFunction;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;

/**
 * Tells a handler who is calling. Identity lives in the Reactor context and nowhere else.
 */
public final class CurrentCaller {

	private CurrentCaller() {
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

	/**
	 * Combines the signed-in caller with what the request carries.
	 * @param payload reads it
	 * @param action what to do with both
	 * @return what the action returns, or {@link ProblemCode#NOT_SIGNED_IN}
	 */
	public static <T, R> Mono<R> with(Mono<T> payload, BiFunction<Caller, T, Mono<R>> action) {
		return current().zipWith(payload).flatMap((both) -> action.apply(both.getT1(), both.getT2()));
	}

}
