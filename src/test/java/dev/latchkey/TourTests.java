package dev.latchkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.latchkey.embedded.UnpackedPostgres;
import dev.latchkey.testing.InstalledPrograms;
import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The blocks of the README's tour, run in a shell as they are, give the described
 * results.
 */
@ServiceTest
class TourTests {

	private static final Pattern BLOCK = Pattern.compile("^```sh\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	@TempDir
	Path folder;

	@Test
	void theTourGivesTheDescribedResults() throws IOException {
		InstalledPrograms.require("curl");
		Iterator<String> blocks = blocks().iterator();
		try (Shell shell = Shell.start();
				ServiceProcess service = ServiceProcess
					.start("--latchkey.embedded.directory=" + UnpackedPostgres.in(this.folder))
					.awaitReady()) {
			Tour tour = new Tour(shell, blocks, service.url());
			tour.enterPassword(service.awaitOwnerPassword());
			findsTheDemonstrationAccount(tour, shell);
			invites(tour, shell);
			previewsTheInvitation(tour, shell);
			acceptsAndUsesOnlyWhatWasGranted(tour);
			replacesThePermissions(tour, shell);
			removesTheMember(tour, shell);
			invitesManyAndListsThem(tour, shell);
			theFeedShowedEverything(tour, shell);
			assertThat(blocks).as("unchecked blocks of the tour").isExhausted();
		}
	}

	private static void findsTheDemonstrationAccount(Tour tour, Shell shell) {
		assertThat(tour.run()).isBlank();
		assertThat(shell.variable("TOKEN")).matches("[A-Za-z0-9_-]{40,}");
		assertThat(shell.variable("ACCOUNT")).matches(UUID);
		tour.run();
		shell.awaitLine("event: start");
	}

	private static void invites(Tour tour, Shell shell) {
		assertThat(tour.run()).contains("\"email\":\"sam@example.org\"", "\"status\":\"pending\"",
				"\"permissions\":[\"domains\",\"invoices\"]");
		shell.awaitLine("event: invitation.created");
	}

	private static void previewsTheInvitation(Tour tour, Shell shell) {
		assertThat(tour.run()).contains("\"name\":\"Demonstration Account\"", "\"domains\"", "\"invoices\"",
				"\"loginExists\":false");
		assertThat(shell.variable("MAIL")).matches(UUID);
		assertThat(shell.variable("LINK")).matches("[A-Za-z0-9_-]{92}");
		shell.awaitLine("event: invitation.sent");
	}

	private static void acceptsAndUsesOnlyWhatWasGranted(Tour tour) {
		String output = tour.run();
		assertThat(output.lines()).contains("204");
		assertThat(output).contains("\"status\":403", "\"code\":\"permission-missing\"",
				"\"held\":[\"domains\",\"invoices\"]", "owner@example.com");
	}

	private static void replacesThePermissions(Tour tour, Shell shell) {
		assertThat(tour.run()).contains("\"permissions\":[\"domains\"]", "\"permissionsVersion\":2");
		assertThat(shell.variable("MEMBER")).matches(UUID);
	}

	private static void removesTheMember(Tour tour, Shell shell) {
		assertThat(tour.run().lines()).contains("204");
		shell.awaitLine("event: member.removed");
	}

	private static void invitesManyAndListsThem(Tour tour, Shell shell) {
		assertThat(tour.run()).contains("{\"line\":1,\"status\":\"created\"", "{\"line\":2,\"status\":\"refused\"",
				"\"code\":\"invalid-email\"");
		shell.awaitLine("event: invitation.created", 2);
		assertThat(tour.run()).contains("id,email,permissions,status,", ",kim@example.org,tickets,pending,",
				",sam@example.org,domains invoices,accepted,");
		shell.awaitLine("event: invitation.sent", 2);
	}

	private static void theFeedShowedEverything(Tour tour, Shell shell) {
		assertThat(shell.run("jobs")).contains("Running");
		tour.run();
		assertThat(shell.run("wait; jobs")).doesNotContain("Running");
		assertThat(shell.output()).filteredOn((line) -> line.startsWith("event: "))
			.containsExactly("event: start", "event: invitation.created", "event: invitation.sent",
					"event: invitation.accepted", "event: member.permissions-changed", "event: member.removed",
					"event: invitation.created", "event: invitation.sent");
	}

	private static List<String> blocks() throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		String tour = readme.substring(readme.indexOf("## A tour in five minutes"), readme.indexOf("## Documents"));
		return BLOCK.matcher(tour).results().map((MatchResult block) -> block.group(1)).toList();
	}

	/**
	 * The blocks of the tour in order. Only the address of the service and the password
	 * are inserted.
	 */
	private record Tour(Shell shell, Iterator<String> blocks, String url) {

		void enterPassword(String password) {
			String first = this.blocks.next();
			assertThat(first).isEqualTo("PASSWORD='…'\n");
			this.shell.run(first.replace("…", password));
		}

		String run() {
			return this.shell.run(this.blocks.next().replace("http://localhost:8080", this.url));
		}

	}

}
