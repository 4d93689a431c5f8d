package dev.latchkey.sql;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Durations as seconds for SQL.
 */
class IntervalsTests {

	@Test
	void keepMilliseconds() {
		assertThat(Intervals.seconds(Duration.ofMillis(1))).isEqualTo(0.001);
		assertThat(Intervals.seconds(Duration.ofMillis(90_250))).isEqualTo(90.25);
		assertThat(Intervals.seconds(Duration.ofDays(7))).isEqualTo(604_800);
	}

}
