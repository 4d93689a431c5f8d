package dev.latchkey.testing;

import java.util.function.Consumer;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Assertions about operations that a service refuses.
 */
public final class Refusals {

	private Refusals() {
	}

	/**
	 * Asserts that an operation is refused with this code.
	 */
	public static void assertRefused(Mono<?> operation, ProblemCode code) {
		assertRefused(operation, code, (refusal) -> {
		});
	}

	/**
	 * Asserts that an operation is refused with this code, and more about the refusal.
	 */
	public static void assertRefused(Mono<?> operation, ProblemCode code, Consumer<DomainException> more) {
		StepVerifier.create(operation).verifyErrorSatisfies((error) -> {
			assertThat(error).isInstanceOf(DomainException.class);
			DomainException refusal = (DomainException) error;
			assertThat(refusal.code()).isEqualTo(code);
			more.accept(refusal);
		});
	}

}
