package dev.latchkey.invitation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The statuses have stable names, and three of them are final.
 */
class InvitationStatusTests {

	@ParameterizedTest
	@CsvSource({ "PENDING, pending, false", "ACCEPTED, accepted, true", "DECLINED, declined, true",
			"REVOKED, revoked, true", "EXPIRED, expired, false" })
	void hasANameAndMayBeFinal(InvitationStatus status, String name, boolean isFinal) {
		assertThat(status.wireName()).isEqualTo(name);
		assertThat(status.isFinal()).isEqualTo(isFinal);
	}

	@ParameterizedTest
	@EnumSource
	void isFoundByItsName(InvitationStatus status) {
		assertThat(InvitationStatus.of(status.wireName())).contains(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "PENDING", "Pending", " pending", "all", "sent" })
	void isNotFoundByAnyOtherText(String text) {
		assertThat(InvitationStatus.of(text)).isEmpty();
	}

	@Test
	void hasExactlyFiveValues() {
		assertThat(InvitationStatus.values()).hasSize(5);
	}

}
