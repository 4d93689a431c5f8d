package dev.latchkey.shared;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The number of days that a user may choose.
 */
class ValidityDaysTests {

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 30 })
	void isBetweenOneAndThirty(int days) {
		assertThat(ValidityDays.of(days)).isEqualTo(new ValidityDays(days));
	}

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 31, Integer.MAX_VALUE })
	void isRefusedOutsideThatRange(int days) {
		assertThatExceptionOfType(DomainException.class).isThrownBy(() -> ValidityDays.of(days))
			.satisfies((refusal) -> {
				assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_FIELD);
				assertThat(refusal.properties()).containsEntry("field", "expiresInDays");
			});
	}

	@Test
	void isAbsentIfTheFieldWasNotSent() {
		assertThat(ValidityDays.of(null)).isNull();
	}

}
