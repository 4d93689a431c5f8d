package dev.latchkey.account;

import java.util.Map;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Assertions on refused operations.
 */
public final class Refusals {

	private Refusals() {
	}

	public static void assertRefused(Mono<?> result, ProblemCode code) {
		StepVerifier.create(result)
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(DomainException.class,
					(refusal) -> assertThat(refusal.code()).isEqualTo(code)));
	}

	/**
	 * Asserts the properties of a refusal as well.
	 */
	public static void assertRefused(Mono<?> result, ProblemCode code, Map<String, Object> properties) {
		StepVerifier.create(result)
			.verifyErrorSatisfies(
					(error) -> assertThat(error).isInstanceOfSatisfying(DomainException.class, (refusal) -> {
						assertThat(refusal.code()).isEqualTo(code);
						assertThat(refusal.properties()).isEqualTo(properties);
					}));
	}

}
