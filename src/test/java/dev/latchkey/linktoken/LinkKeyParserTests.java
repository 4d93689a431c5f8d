package dev.latchkey.linktoken;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import dev.latchkey.shared.StartupException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The form of link keys in settings and files.
 */
class LinkKeyParserTests {

	private static final String SECRET = Base64.getEncoder()
		.encodeToString("s".repeat(32).getBytes(StandardCharsets.US_ASCII));

	@Nested
	class Setting {

		@Test
		void isAListOfKeysInTheirOrder() {
			LinkKeys keys = LinkKeyParser.parse(List.of("7:" + SECRET, " 0 : " + SECRET + " ", "255:" + SECRET));
			assertThat(keys.ids()).containsExactly(7, 0, 255);
			assertThat(keys.signingKey().secret().getEncoded())
				.isEqualTo("s".repeat(32).getBytes(StandardCharsets.US_ASCII));
		}

		@ParameterizedTest
		@ValueSource(strings = { "", ":", "hunter2", "hunter2:hunter2", "1:hunter2!", "1:c2hvcnQ=", "-1:", "256:" })
		void thatIsInvalidIsReportedWithoutItsValue(String text) {
			String key = text.endsWith("1:") || text.endsWith("256:") ? text + SECRET : text;
			assertThatThrownBy(() -> LinkKeyParser.parse(List.of(key))).isInstanceOf(StartupException.class)
				.hasMessageStartingWith("latchkey.links.keys is a list of id:base64 pairs")
				.hasNoCause()
				.message()
				.doesNotContain("hunter2", "c2hvcnQ", SECRET);
		}

		@Test
		void containsEveryIdOnceAndAtLeastOneKey() {
			assertThatThrownBy(() -> LinkKeyParser.parse(List.of("1:" + SECRET, "1:" + SECRET)))
				.isInstanceOf(StartupException.class);
			assertThatThrownBy(() -> LinkKeyParser.parse(List.of())).isInstanceOf(StartupException.class);
		}

	}

	@Nested
	class File {

		@Test
		void separatesKeysByCommasAndMayContainSpaceAndLineBreaks() {
			assertThat(LinkKeyParser.parse("2:" + SECRET + " ,\n1:" + SECRET + "\n").ids()).containsExactly(2, 1);
		}

		@ParameterizedTest
		@ValueSource(strings = { "", ",", "1:x", "x" })
		void thatIsInvalidIsRefused(String text) {
			assertThatIllegalArgumentException().isThrownBy(() -> LinkKeyParser.parse(text));
		}

	}

}
