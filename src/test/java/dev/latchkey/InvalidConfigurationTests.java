package dev.latchkey;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.latchkey.shared.StartupException;
import dev.latchkey.testing.FailedStart;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A start with an invalid setting prints one line that names the setting, exits with a
 * non-zero code, and prints no stack trace and no secret.
 */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class InvalidConfigurationTests {

	private static final String GOOD_KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

	private static final String SHORT_KEY = "c2hvcnQgYnV0IHNlY3JldA==";

	static TestDatabase database;

	@BeforeAll
	static void create() {
		database = TestDatabase.create();
	}

	@Test
	void anExternalDatabaseRequiresABaseUrl() {
		assertThat(startAndFailOnDatabase("--latchkey.links.keys=1:" + GOOD_KEY))
			.containsExactly("Latchkey does not start. "
					+ "No public address: set latchkey.base-url to the URL at which users reach this service.");
	}

	@Test
	void aShortKeyIsReportedWithoutItsValue(CapturedOutput output) {
		assertThat(failInThisProcess(output, "--latchkey.base-url=https://users.example.test",
				"--latchkey.links.keys=1:" + SHORT_KEY))
			.containsExactly("Latchkey does not start. latchkey.links.keys is a list of id:base64 pairs with ids from 0"
					+ " to 255 and at least 32 bytes each, every id once.");
	}

	@Test
	void aValidityOutOfBoundsIsReportedWithTheBounds(CapturedOutput output) {
		assertThat(failInThisProcess(output, "--latchkey.base-url=https://users.example.test",
				"--latchkey.links.keys=1:" + GOOD_KEY, "--latchkey.invitations.validity=31d"))
			.containsExactly("Latchkey does not start. latchkey.invitations.validity must be 1h to 30d.");
	}

	@Test
	void aValidityThatIsNotADurationIsReported(CapturedOutput output) {
		assertThat(failInThisProcess(output, "--latchkey.base-url=https://users.example.test",
				"--latchkey.links.keys=1:" + GOOD_KEY, "--latchkey.invitations.validity=soon"))
			.singleElement()
			.asString()
			.startsWith("Latchkey does not start. Wrong configuration at latchkey.invitations.validity: ");
	}

	@ParameterizedTest
	@CsvSource({ "feed.heartbeat-interval, 0s", "feed.poll-interval, 0s", "feed.max-stream-age, -1s",
			"feed.buffer-size, 0", "feed.max-history-readers, 0", "feed.reconnect-delay, -1s",
			"sessions.idle-timeout, 8d", "sessions.idle-timeout, 0s", "sessions.cache-duration, 2s",
			"sessions.cache-duration, -1s", "sessions.poll-interval, 0s", "sessions.poll-interval, 11s",
			"sessions.max-attempts-per-address, 0", "sessions.max-attempts-per-address-and-source, 0",
			"sessions.max-attempts-per-address-and-source, 31", "sessions.max-attempts-per-source, 0",
			"sessions.attempt-window, 0s", "sessions.attempt-window, 25h", "sessions.password-reset-validity, 0s",
			"sessions.max-reset-mails-per-hour, 0", "sessions.max-reset-mails-per-hour-and-source, 6",
			"users.verification-validity, 0s", "users.max-mails-per-hour, 0", "users.max-mails-per-hour-and-source, 6",
			"rate-limits.known-source-validity, 59m", "rate-limits.known-source-validity, 366d",
			"users.max-requests-per-hour, 0", "users.hash-queue-capacity, 0", "mail.poll-interval, 0s",
			"mail.send-timeout, 61s", "mail.send-timeout, 0s", "mail.retry-delays, -1s", "mail.port, 70000",
			"mail.connections, 0", "mail.max-mails-per-mailbox, 0", "mail.from, nobody", "mail.reply-to, nobody",
			"invitations.validity, 59m", "invitations.reminder-lead-time, 31d", "invitations.resend-cooldown, -1s",
			"invitations.max-resends-per-day, 0", "invitations.max-creations-per-day, 0", "invitations.max-pending, 0",
			"invitations.bulk-idle-timeout, 0s", "invitations.sweep-interval, 0s", "invitations.sweep-batch-size, 0",
			"ownership-transfers.validity, 59m", "retention.events, 23h", "retention.invitations, 1h",
			"retention.idempotency-keys, 0s", "retention.expired-links, -1d", "retention.purge-interval, 0s",
			"retention.purge-batch-size, 0", "metrics.poll-interval, 0s", "shutdown.drain-delay, -1s",
			"shutdown.close-window, -1s", "shutdown.timeout, 5s", "links.keys-refresh-interval, 0s",
			"links.invitation, https://example.org/", "database.pool-size, 0", "embedded.port, 70000" })
	void anInvalidValueIsReportedBeforeAnythingStarts(String name, String value) {
		new ApplicationContextRunner().withUserConfiguration(SettingsOnly.class)
			.withPropertyValues("latchkey." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(settingError(failure)).startsWith("latchkey." + name + " must ")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "https://*.example.org", "https://console.example.org/", "https://example.org/path",
			"console.example.org", "null", "ftp://example.org", "https://a:b@example.org", "https://example.org?x",
			"https://example.org#x", "https://", "https://example.org:70000", "https://good.example.org,x" })
	void anInvalidOriginIsReportedBeforeAnythingStarts(String origins) {
		new ApplicationContextRunner().withUserConfiguration(SettingsOnly.class)
			.withPropertyValues("latchkey.cors.allowed-origins=" + origins)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("latchkey.cors.allowed-origins must list whole origins")
				.hasMessageContaining("'" + origins.replaceAll(".*,", "") + "'"));
	}

	@Test
	void anInvalidOriginIsReportedInOneLine(CapturedOutput output) {
		assertThat(failInThisProcess(output, "--latchkey.base-url=https://users.example.test",
				"--latchkey.links.keys=1:" + GOOD_KEY, "--latchkey.cors.allowed-origins=*"))
			.singleElement()
			.asString()
			.startsWith("Latchkey does not start. latchkey.cors.allowed-origins must list whole origins")
			.endsWith("without a path or a pattern; '*' is not one.");
	}

	@Test
	void anUnreachableDatabaseIsReportedWithoutItsPassword() {
		int unusedPort = Service.freePort();
		assertThat(startAndFail(
				"--latchkey.database.url=postgresql://latchkey:hunter2-secret@127.0.0.1:" + unusedPort + "/latchkey",
				"--latchkey.base-url=https://users.example.test", "--latchkey.links.keys=1:" + GOOD_KEY))
			.singleElement()
			.asString()
			.startsWith("Latchkey does not start. The database 127.0.0.1:" + unusedPort + "/latchkey can't be used: ");
	}

	@Test
	void aPortInUseIsReported() throws IOException {
		try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
			assertThat(startAndFailOnDatabase("--latchkey.base-url=https://users.example.test",
					"--latchkey.links.keys=1:" + GOOD_KEY, "--server.port=" + occupied.getLocalPort()))
				.containsExactly("Latchkey does not start. Port " + occupied.getLocalPort()
						+ " is in use: stop the program that listens on it, or set server.port or"
						+ " management.server.port to another port.");
		}
	}

	/**
	 * The address is reserved for documentation (RFC 5737).
	 */
	@Test
	void anAddressOfAnotherMachineIsReported() {
		int port = Service.freePort();
		assertThat(startAndFailOnDatabase("--latchkey.base-url=https://users.example.test",
				"--latchkey.links.keys=1:" + GOOD_KEY, "--server.address=192.0.2.1", "--server.port=" + port))
			.containsExactly("Latchkey does not start. The service can't listen on port " + port + " of 192.0.2.1"
					+ " (Cannot assign requested address): set server.address and server.port to what this machine"
					+ " allows.");
	}

	private static List<String> failInThisProcess(CapturedOutput output, String... settings) {
		return withoutSecrets(FailedStart.output(output, onDatabase(settings)));
	}

	private static List<String> startAndFailOnDatabase(String... settings) {
		return startAndFail(onDatabase(settings));
	}

	private static String[] onDatabase(String... settings) {
		List<String> all = new ArrayList<>(List.of(settings));
		for (Map.Entry<String, String> setting : database.settings().entrySet()) {
			all.add("--" + setting.getKey() + "=" + setting.getValue());
		}
		return all.toArray(String[]::new);
	}

	private static List<String> startAndFail(String... settings) {
		try (ServiceProcess process = ServiceProcess.start(settings)) {
			assertThat(process.awaitExit()).as(String.join("\n", process.output())).isNotZero();
			return withoutSecrets(process.output());
		}
	}

	/**
	 * Asserts that the output of a failed start reveals no secret.
	 * @return all lines except log lines of the level INFO
	 */
	private static List<String> withoutSecrets(List<String> output) {
		assertThat(String.join("\n", output)).doesNotContain(GOOD_KEY, SHORT_KEY, "hunter2-secret",
				database.settings().get("latchkey.database.password"));
		return output.stream().filter((line) -> !line.contains(" INFO ")).toList();
	}

	/**
	 * Returns the message about the setting, as the service prints it.
	 */
	private static String settingError(Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.filter(StartupException.class::isInstance)
			.findFirst()
			.map(Throwable::getMessage)
			.orElse("not an error of a setting: " + failure);
	}

	/**
	 * Only the settings, without the rest of the service.
	 */
	@ConfigurationPropertiesScan("dev.latchkey")
	static class SettingsOnly {

	}

}
