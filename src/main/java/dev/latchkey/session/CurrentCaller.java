package dev.latchkey.session;

import java.util.function.BiFunction;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;

/**
 * Provides the caller of the current request. The Reactor context is the only place that
 * holds it.
 */
public final class CurrentCaller {

	private CurrentCaller() {
	}

	/**
	 * Reads the signed-in caller.
	 * @return the caller, or {@link ProblemCode#NOT_SIGNED_IN}
	 */
	public static Mono<Caller> current() {
		return find().switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.NOT_SIGNED_IN)));
	}

	/**
	 * Reads the caller of a public endpoint.
	 * @return the caller, or empty if the caller is anonymous
	 */
	public static Mono<Caller> find() {
		return ReactiveSecurityContextHolder.getContext()
			.mapNotNull(SecurityContext::getAuthentication)
			.mapNotNull(Authentication::getPrincipal)
			.ofType(Caller.class);
	}

	/**
	 * Reads the signed-in caller and the payload of the request and passes them to an
	 * action.
	 * @return the result of the action, or {@link ProblemCode#NOT_SIGNED_IN}, or the
	 * error of the payload
	 */
	public static <T, R> Mono<R> with(Mono<T> payload, BiFunction<Caller, T, Mono<R>> action) {
		return current().zipWith(payload).flatMap((both) -> action.apply(both.getT1(), both.getT2()));
	}

}
