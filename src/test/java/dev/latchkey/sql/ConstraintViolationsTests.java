package dev.latchkey.sql;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A violated constraint is recognized by its name.
 */
class ConstraintViolationsTests {

	@Test
	void findsTheNameInAnErrorThatSpringHasTranslated() {
		Throwable error = PostgresErrors.duplicateKey("account_pkey");
		assertThat(ConstraintViolations.violated(error, "account_pkey")).isTrue();
		assertThat(ConstraintViolations.violated(error, "account")).isFalse();
	}

	@Test
	void findsTheNameInAnErrorOfTheDriver() {
		assertThat(ConstraintViolations.violated(PostgresErrors.of("23505", "account_pkey"), "account_pkey")).isTrue();
	}

	@Test
	void doesNotTakeOtherErrorsForViolations() {
		assertThat(ConstraintViolations.violated(PostgresErrors.of("55P03", ""), "account_pkey")).isFalse();
		assertThat(ConstraintViolations.violated(new IllegalStateException("account_pkey"), "account_pkey")).isFalse();
	}

}
