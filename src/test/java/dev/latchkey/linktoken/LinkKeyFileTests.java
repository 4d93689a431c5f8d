package dev.latchkey.linktoken;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reading the file of the link keys again.
 */
class LinkKeyFileTests {

	private static final String ONE = "1:" + secret("o");

	private static final String TWO = "2:" + secret("t");

	@TempDir
	Path folder;

	private Path file;

	private ReloadingLinkKeys keys;

	@BeforeEach
	void create() {
		this.file = this.folder.resolve("keys");
		this.keys = new ReloadingLinkKeys(LinkKeyParser.parse(ONE), Optional.of(this.file));
	}

	@Test
	void replacesTheKeysInTheOrderOfTheFile() throws IOException {
		write(TWO + ", " + ONE + "\n");
		assertThat(this.keys.get().ids()).containsExactly(2, 1);
		write(TWO);
		assertThat(this.keys.get().ids()).containsExactly(2);
	}

	@Test
	void isNotReadBeforeTheReload() throws IOException {
		Files.writeString(this.file, TWO);
		assertThat(this.keys.get().ids()).containsExactly(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "hunter2", "2:c2hvcnQ=", "1:x,2:y" })
	void withInvalidContentKeepsTheKeysUntilItIsValidAgain(String text) throws IOException {
		write(text);
		assertThat(this.keys.get().ids()).containsExactly(1);
		write(TWO);
		assertThat(this.keys.get().ids()).containsExactly(2);
	}

	@Test
	void thatIsMissingKeepsTheKeys() {
		this.keys.reload();
		assertThat(this.keys.get().ids()).containsExactly(1);
	}

	@Test
	void thatIsTooLargeKeepsTheKeys() throws IOException {
		write(TWO + " ".repeat(64 * 1024));
		assertThat(this.keys.get().ids()).containsExactly(1);
	}

	@Test
	void withTheSameKeysKeepsTheObject() throws IOException {
		LinkKeys before = this.keys.get();
		write(ONE + "\n");
		assertThat(this.keys.get()).isSameAs(before);
	}

	@Test
	void isNotNeededIfTheKeysCannotChange() {
		ReloadingLinkKeys fixed = new ReloadingLinkKeys(LinkKeyParser.parse(ONE), Optional.empty());
		fixed.reload();
		assertThat(fixed.get().ids()).containsExactly(1);
	}

	private void write(String text) throws IOException {
		Files.writeString(this.file, text);
		this.keys.reload();
	}

	private static String secret(String letter) {
		return Base64.getEncoder().encodeToString(letter.repeat(32).getBytes(StandardCharsets.US_ASCII));
	}

}
