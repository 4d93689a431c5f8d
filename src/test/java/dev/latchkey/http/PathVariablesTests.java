package dev.latchkey.http;

import java.util.Locale;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.reactive.function.server.MockServerRequest;

import static dev.latchkey.testing.Refusals.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A resource has one URL only: the id in lower case.
 */
class PathVariablesTests {

	private static final String ID = "0199b1c2-7c11-7d5e-9a3f-2f6b1f0c9d10";

	@Test
	void eachVariableBecomesAnIdOfItsType() {
		MockServerRequest request = MockServerRequest.builder()
			.pathVariable("account", ID)
			.pathVariable("invitation", ID.replace("01", "02"))
			.pathVariable("user", ID.replace("01", "03"))
			.build();
		assertThat(PathVariables.accountId(request)).isEqualTo(new AccountId(UUID.fromString(ID)));
		assertThat(PathVariables.invitationId(request))
			.isEqualTo(new InvitationId(UUID.fromString(ID.replace("01", "02"))));
		assertThat(PathVariables.userId(request)).isEqualTo(new UserId(UUID.fromString(ID.replace("01", "03"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1", "0199B1C2-7C11-7D5E-9A3F-2F6B1F0C9D10", "1-1-1-1-1",
			"0199b1c27c117d5e9a3f2f6b1f0c9d10", "{0199b1c2-7c11-7d5e-9a3f-2f6b1f0c9d10}",
			"0199b1c2-7c11-7d5e-9a3f-2f6b1f0c9d10\n", "0199b1c2-7c11-7d5e-9a3f-2f6b1f0c9d1g",
			"０199b1c2-7c11-7d5e-9a3f-2f6b1f0c9d10" })
	void anyOtherFormIsRefusedWithTheNameOfTheVariable(String text) {
		MockServerRequest request = MockServerRequest.builder().pathVariable("account", text).build();
		DomainException refusal = refusalOf(() -> PathVariables.accountId(request));
		assertThat(refusal.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST);
		assertThat(refusal.properties()).containsEntry("field", "account");
	}

	@Test
	void anIdInABodyHasTheSameForm() {
		assertThat(PathVariables.uuid("newOwner", ID)).isEqualTo(UUID.fromString(ID));
		assertThat(refusalOf(() -> PathVariables.uuid("newOwner", ID.toUpperCase(Locale.ROOT))).properties())
			.containsEntry("field", "newOwner");
	}

}
