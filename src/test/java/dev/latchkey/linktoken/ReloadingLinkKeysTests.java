package dev.latchkey.linktoken;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The link keys change at runtime when their file changes. The test replaces all files of
 * the directory at once, as Kubernetes does for a mounted Secret.
 */
@ExtendWith(OutputCaptureExtension.class)
@ServiceTest
class ReloadingLinkKeysTests {

	private static final String ONE = key(1, "o");

	private static final String TWO = key(2, "t");

	private final MailServer mail = MailServer.start();

	private Service service;

	private Owner owner;

	@TempDir
	Path folder;

	@BeforeEach
	void start() throws IOException {
		swap(ONE + "\n");
		Files.createSymbolicLink(this.folder.resolve(LinkKeyParser.SETTING), Path.of("..data", LinkKeyParser.SETTING));
		this.service = replica().unset(LinkKeyParser.SETTING).start();
		this.owner = new TestUsers(this.service).anOwner();
	}

	@AfterEach
	void stop() {
		this.service.close();
		this.mail.close();
	}

	@Test
	void aKeyIsRotatedInThreeSteps(CapturedOutput output) throws IOException {
		String old = mailedToken();
		assertThat(keyId(old)).isEqualTo(1);
		swap(ONE + ", " + TWO);
		awaitKeys(1, 2);
		assertThat(keyId(mailedToken())).isEqualTo(1);
		swap(TWO + "," + ONE + "\n");
		awaitKeys(2, 1);
		String fresh = mailedToken();
		assertThat(keyId(fresh)).isEqualTo(2);
		assertThat(preview(old)).isEqualTo(200);
		swap(TWO);
		awaitKeys(2);
		assertThat(preview(old)).isEqualTo(404);
		assertThat(preview(fresh)).isEqualTo(200);
		assertThat(output)
			.contains("have the ids [1, 2]; the first key signs", "have the ids [2, 1]; the first key signs",
					"have the ids [2]; the first key signs")
			.doesNotContain(ONE.substring(2), TWO.substring(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "hunter2-secret", "", "2:c2hvcnQ=", "1:hunter2-secret,2:also", ":" })
	void invalidKeysChangeNothingAndAreLoggedOnceWithoutTheirContent(String text, CapturedOutput output)
			throws IOException {
		swap(text);
		await().until(() -> output.toString().contains("does not contain valid keys"));
		String token = mailedToken();
		assertThat(keyId(token)).isEqualTo(1);
		assertThat(preview(token)).isEqualTo(200);
		assertThat(output).containsOnlyOnce(
				"The file of latchkey.links.keys does not contain valid keys; the keys with the ids [1] stay in use")
			.doesNotContain("hunter2-secret", "c2hvcnQ=");
		swap(TWO + "," + ONE);
		awaitKeys(2, 1);
	}

	@Test
	void aMissingFileChangesNothing(CapturedOutput output) throws IOException {
		Files.delete(this.folder.resolve("..data"));
		await().until(() -> output.toString().contains("does not contain valid keys"));
		assertThat(keyId(mailedToken())).isEqualTo(1);
		swap(TWO + "," + ONE);
		awaitKeys(2, 1);
	}

	@Test
	void keysFromAnotherSourceAreNotReadFromTheFile() {
		assertThat(SettingSource.of(LinkKeyParser.SETTING, this.service.bean(Environment.class)))
			.contains(this.folder.resolve(LinkKeyParser.SETTING));
		try (Service other = replica().withOwnEventLoops().start()) {
			assertThat(SettingSource.of(LinkKeyParser.SETTING, other.bean(Environment.class))).isEmpty();
		}
	}

	private Service.Builder replica() {
		return Service.on(TestDatabase.create())
			.mailingTo(this.mail)
			.set("latchkey.secrets-directory", this.folder.toString())
			.set("latchkey.links.keys-refresh-interval", "20ms")
			.set("logging.level.dev.latchkey.linktoken.ReloadingLinkKeys", "info");
	}

	/**
	 * Creates an invitation and returns the token in its mail.
	 */
	private String mailedToken() {
		String invitee = TestUsers.anAddress();
		assertThat(this.owner.invite(invitee, "invoices").status()).isEqualTo(201);
		return this.mail.awaitMail(invitee).token();
	}

	private int preview(String token) {
		return this.service.anonymous().post("/invitations/preview", Map.of("token", token)).status();
	}

	private void awaitKeys(Integer... ids) {
		await().until(() -> this.service.bean(ReloadingLinkKeys.class).get().ids().equals(List.of(ids)));
	}

	private static int keyId(String token) {
		return Base64.getUrlDecoder().decode(token)[0];
	}

	/**
	 * Replaces all files atomically, by moving a symbolic link.
	 */
	private void swap(String keys) throws IOException {
		Path directory = Files.createDirectory(this.folder.resolve(".." + UUID.randomUUID()));
		Files.writeString(directory.resolve(LinkKeyParser.SETTING), keys);
		Path next = Files.createSymbolicLink(this.folder.resolve("..data_tmp"), directory.getFileName());
		Files.move(next, this.folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
	}

	private static String key(int id, String letter) {
		return id + ":" + Base64.getEncoder().encodeToString(letter.repeat(32).getBytes(StandardCharsets.US_ASCII));
	}

}
