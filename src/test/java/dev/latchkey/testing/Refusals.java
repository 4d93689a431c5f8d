package dev.latchkey.testing;

import java.util.Map;
import java.util.function.Consumer;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Catches the refusals of methods and publishers.
 */
public final class Refusals {

	private Refusals() {
	}

	/**
	 * Calls a method that must refuse, and returns the refusal.
	 */
	public static DomainException refusalOf(ThrowingCallable call) {
		try {
			call.call();
		}
		catch (Throwable ex) {
			assertThat(ex).isInstanceOf(DomainException.class);
			return (DomainException) ex;
		}
		throw new AssertionError("It was not refused.");
	}

	/**
	 * Subscribes to a publisher that must refuse, and returns the refusal.
	 */
	public static DomainException refusalOf(Mono<?> work) {
		DomainException[] refusals = new DomainException[1];
		StepVerifier.create(work).verifyErrorSatisfies((error) -> {
			assertThat(error).isInstanceOf(DomainException.class);
			refusals[0] = (DomainException) error;
		});
		return refusals[0];
	}

	/**
	 * Asserts that a publisher refuses with this code.
	 */
	public static void assertRefused(Mono<?> work, ProblemCode code) {
		assertThat(refusalOf(work).code()).isEqualTo(code);
	}

	/**
	 * Asserts that a publisher refuses with this code, and more about the refusal.
	 */
	public static void assertRefused(Mono<?> work, ProblemCode code, Consumer<DomainException> more) {
		DomainException refusal = refusalOf(work);
		assertThat(refusal.code()).isEqualTo(code);
		more.accept(refusal);
	}

	/**
	 * Asserts that a publisher refuses with this code and these properties.
	 */
	public static void assertRefused(Mono<?> work, ProblemCode code, Map<String, Object> properties) {
		assertRefused(work, code, (refusal) -> assertThat(refusal.properties()).isEqualTo(properties));
	}

}
