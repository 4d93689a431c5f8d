package dev.latchkey.shared;

import java.util.Random;
import java.util.regex.Pattern;

import dev.latchkey.testing.OpenApiDocument;
import dev.latchkey.testing.SchemaSamples;
import io.swagger.v3.oas.models.media.Schema;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The API description states the rule for addresses that the service applies.
 */
class EmailAddressSchemaTests {

	private static final long SEED = Long.getLong("latchkey.test.seed", 20260504L);

	private static final Schema<?> INPUT = OpenApiDocument.schema("EmailAddress");

	private static final Schema<?> OUTPUT = OpenApiDocument.schema("DisplayedEmailAddress");

	@Test
	void everyAddressThatItAllowsIsAccepted() {
		SchemaSamples samples = new SchemaSamples(new Random(SEED));
		for (int round = 0; round < 2000; round++) {
			String text = String.valueOf(samples.valid(INPUT));
			EmailAddress address = EmailAddress.of(text);
			assertThat(isAllowed(OUTPUT, address.value())).as(address.value()).isTrue();
			assertThat(isAllowed(INPUT, address.ascii())).as(address.ascii()).isTrue();
		}
	}

	/**
	 * Addresses that differ little from valid ones: either both the document and the
	 * service accept one, or neither does.
	 */
	@RepeatedTest(3)
	void itAllowsAnAsciiAddressExactlyIfItIsAccepted(RepetitionInfo repetition) {
		Random random = new Random(SEED + repetition.getCurrentRepetition());
		String alphabet = "aZ9.-_@+'| ,<(\"";
		for (int round = 0; round < 20_000; round++) {
			StringBuilder text = new StringBuilder("jo.e@a-b.c9");
			for (int change = random.nextInt(4); change >= 0; change--) {
				int at = random.nextInt(text.length());
				text.replace(at, at + random.nextInt(2), "" + alphabet.charAt(random.nextInt(alphabet.length())));
			}
			String address = text.toString().strip();
			assertThat(isAllowed(INPUT, address)).as(address).isEqualTo(isAccepted(address));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Jane@exämple.org", "jane@почта.рф", "jane@例え.テスト", "jane@한국.kr", "o'brien@example.org",
			"!#$%&'*+/=?^_`{|}~-@example.org", "jane@1.example", "jane@example.1a" })
	void allows(String address) {
		assertThat(isAllowed(INPUT, address)).isTrue();
		assertThat(isAccepted(address)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jane@stra\u00dfe.org", "jane@\uff45xample.org", "jörg@example.org", "jane@example.123",
			"jane@1.2.3.4" })
	void doesNotAllow(String address) {
		assertThat(isAllowed(INPUT, address)).isFalse();
		assertThatExceptionOfType(DomainException.class).isThrownBy(() -> EmailAddress.of(address));
	}

	@Test
	void limitsTheLengths() {
		String label = "b".repeat(63);
		String longest = "a".repeat(64) + "@" + String.join(".", label, label, "b".repeat(57), "org");
		assertThat(isAllowed(INPUT, longest)).isTrue();
		assertThat(isAllowed(INPUT, longest + "x")).isFalse();
		assertThat(isAllowed(INPUT, "a".repeat(65) + "@example.org")).isFalse();
		assertThat(isAllowed(INPUT, "a@" + label + "b.org")).isFalse();
	}

	private static boolean isAllowed(Schema<?> schema, String address) {
		return address.length() >= schema.getMinLength() && address.length() <= schema.getMaxLength()
				&& Pattern.compile(schema.getPattern()).matcher(address).find();
	}

	private static boolean isAccepted(String address) {
		try {
			return !EmailAddress.of(address).value().isEmpty();
		}
		catch (DomainException ex) {
			return false;
		}
	}

}
