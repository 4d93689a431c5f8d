package dev.latchkey.sql;

import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A statement that waited too long for a lock is recognized by its SQL state.
 */
class LockTimeoutsTests {

	@Test
	void recognizesTheErrorOfTheDriverAndTheTranslatedError() {
		Throwable error = PostgresErrors.of("55P03", "");
		assertThat(LockTimeouts.isLockTimeout(error)).isTrue();
		assertThat(LockTimeouts.isLockTimeout(new CannotAcquireLockException("waited", error))).isTrue();
	}

	@Test
	void doesNotTakeOtherErrorsForTimeouts() {
		assertThat(LockTimeouts.isLockTimeout(PostgresErrors.of("40P01", ""))).isFalse();
		assertThat(LockTimeouts.isLockTimeout(new IllegalStateException("55P03"))).isFalse();
	}

}
