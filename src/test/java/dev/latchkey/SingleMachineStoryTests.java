package dev.latchkey;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.Watcher;
import dev.latchkey.testing.Watcher.Seen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The main scenario on one machine, with only the ports and the directory configured:
 * embedded database, local mailbox, owner of the demonstration account.
 */
@ServiceTest
class SingleMachineStoryTests {

	private static final String OWNER = "owner@example.com";

	private static final String INVITEE = "invitee@example.com";

	@TempDir
	Path directory;

	@Test
	void theDemonstrationOwnerInvitesAUserThatAcceptsFromTheLocalMailbox() {
		String password;
		try (ServiceProcess service = start()) {
			password = service.awaitOwnerPassword();
			assertThat(service.line("Database: 127.0.0.1:")).endsWith("/latchkey (embedded)");
			assertThat(service.line("Mail:     kept here, read it at http://localhost:")).endsWith("/local/mailbox");
			Client owner = signIn(service, OWNER, password);
			String account = owner.get("/accounts").json().path("items").path(0).path("id").asString();
			try (Watcher watcher = owner.watch(account, null)) {
				assertThat(watcher.next().event()).isEqualTo("start");
				Response invited = owner.post("/accounts/" + account + "/invitations",
						Map.of("email", INVITEE, "permissions", List.of("invoices")));
				assertThat(invited.status()).as(invited.text()).isEqualTo(201);
				JsonNode message = message(service);
				assertThat(message.path("subject").asString())
					.isEqualTo("Demonstration Account has invited you to their account");
				Response accepted = service.anonymous()
					.post("/invitations/accept", Map.of("token", Mail.tokenIn(message.path("text").asString()), "name",
							"In Vitee", "password", "seven purple otters"));
				assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
				watcher.await((seen) -> seen.event().equals("invitation.accepted"));
				assertThat(watcher.seen()).extracting(Seen::event)
					.containsExactly("start", "invitation.created", "invitation.sent", "invitation.accepted");
				assertThat(watcher.seen()).extracting(Seen::seq).containsExactly(1L, 2L, 3L, 4L);
				Client invitee = service.anonymous().with(accepted.json().path("session").path("token").asString());
				assertThat(invitee.get("/accounts/" + account + "/access?permission=invoices").status()).isEqualTo(204);
			}
		}
		theSecondStartKeepsTheOwnerAndDoesNotLogThePassword(password);
	}

	private void theSecondStartKeepsTheOwnerAndDoesNotLogThePassword(String password) {
		try (ServiceProcess restarted = start()) {
			Client owner = signIn(restarted, OWNER, password);
			assertThat(owner.get("/accounts").json().path("items")).hasSize(1);
			assertThat(String.join("\n", restarted.output())).doesNotContain(password).doesNotContain("password");
		}
	}

	private ServiceProcess start() {
		return ServiceProcess.start("--latchkey.embedded.directory=" + this.directory).awaitReady();
	}

	private static Client signIn(ServiceProcess service, String address, String password) {
		Response answer = service.anonymous().post("/session", Map.of("email", address, "password", password));
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return service.anonymous().with(answer.at("token"));
	}

	private static JsonNode message(ServiceProcess service) {
		await().atMost(Duration.ofSeconds(15)).until(() -> !messages(service).isEmpty());
		return service.anonymousAtRoot()
			.get("/local/mailbox/messages/" + messages(service).path(0).path("id").asString())
			.json();
	}

	private static JsonNode messages(ServiceProcess service) {
		return service.anonymousAtRoot().get("/local/mailbox/messages?to=" + INVITEE).json().path("items");
	}

}
