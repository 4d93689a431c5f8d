package dev.latchkey;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.Tables;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets appear only where they must, and give access only to what they were issued for.
 */
@ExtendWith(OutputCaptureExtension.class)
@ServiceTest
class SecretExposureTests {

	static MailServer mail;

	static TestDatabase database;

	static Service service;

	static RoleFixture fixture;

	static Tables tables;

	@BeforeAll
	static void start() {
		mail = MailServer.start();
		database = TestDatabase.create();
		service = Service.on(database)
			.mailingTo(mail)
			.set("latchkey.invitations.resend-cooldown", "0s")
			.set("logging.level.dev.latchkey", "debug")
			.set("logging.level.org.springframework.web", "debug")
			.set("logging.level.org.springframework.security", "debug")
			.start();
		fixture = new RoleFixture(service, database);
		tables = new Tables(database);
	}

	@AfterAll
	static void stop() {
		service.close();
		mail.close();
	}

	/**
	 * Uses three kinds of secrets, then searches for them in responses, tables and logs.
	 */
	@Test
	void secretsAreInMailsOnly(CapturedOutput output) {
		List<String> responses = new ArrayList<>();
		List<String> secrets = new ArrayList<>(List.of(TestUsers.PASSWORD, "nine green herons"));
		Owner owner = fixture.people.anOwner();
		secrets.add(String.valueOf(owner.client().token()));
		String invitee = TestUsers.anAddress();
		Response invited = owner.invite(invitee, "invoices");
		responses.add(all(invited));
		String old = mail.awaitMail(invitee, 1).token();
		responses
			.add(all(owner.client().send("POST", owner.path("/invitations/" + invited.at("id") + "/resend"), null)));
		String token = mail.awaitMail(invitee, 2).token();
		secrets.addAll(List.of(old, token));
		for (String path : List.of("/preview", "/accept", "/decline")) {
			responses.add(all(service.anonymous().post("/invitations" + path, Map.of("token", old))));
			responses.add(all(service.anonymous().post("/invitations" + path, "{\"token\":\"" + token)));
			responses
				.add(all(service.anonymous().post("/invitations" + path, Map.of("token", token, token, token + "x"))));
		}
		responses.add(all(service.anonymous().post("/invitations/preview", Map.of("token", token))));
		responses
			.add(all(fixture.client(RoleFixture.Role.STRANGER).post("/invitations/accept", Map.of("token", token))));
		Response accepted = service.anonymous()
			.post("/invitations/accept", Map.of("token", token, "name", "Ada", "password", TestUsers.PASSWORD));
		String session = accepted.json().path("session").path("token").asString();
		responses.add(all(accepted).replace(session, ""));
		secrets.add(session);
		responses.addAll(resetAndReview(invitee, owner, invited.at("id"), secrets));
		tables.awaitEmptyOutbox();
		assertThat(secrets).doesNotHaveDuplicates().noneMatch(String::isEmpty).hasSizeGreaterThan(6);
		assertThat(String.join("\n", responses)).doesNotContain(secrets);
		assertThat(tables.dump()).contains(invitee).doesNotContain(secrets);
		assertThat(output.getAll()).contains("/api/v1/invitations/accept").doesNotContain(secrets);
	}

	private static List<String> resetAndReview(String address, Owner owner, String invitation, List<String> secrets) {
		List<String> responses = new ArrayList<>();
		responses.add(all(service.anonymous().post("/password-resets", Map.of("email", address))));
		String reset = mail.awaitMail(address, 3).token();
		secrets.add(reset);
		Map<String, String> change = Map.of("token", reset, "password", "nine green herons");
		responses.add(all(service.anonymous().post("/password-resets/confirmation", change)));
		responses.add(all(service.anonymous().post("/password-resets/confirmation", change)));
		String other = TestUsers.anAddress();
		responses.add(all(service.anonymous().post("/users", Map.of("email", other))));
		String verification = mail.awaitMail(other).token();
		secrets.add(verification);
		responses.add(all(service.anonymous()
			.post("/users/verification",
					Map.of("token", verification, "name", "Eve", "password", TestUsers.PASSWORD))));
		for (String path : List.of("/invitations", "/invitations/" + invitation,
				"/invitations/" + invitation + "/events", "/events", "/members", "")) {
			responses.add(all(owner.client().get(owner.path(path))));
		}
		responses.add(all(owner.client().get("/session")));
		return responses;
	}

	/**
	 * A client must not be able to change the host of the mailed link.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "Host evil.test", "X-Forwarded-Host evil.test", "Forwarded host=evil.test;proto=https",
			"X-Forwarded-Proto https", "X-Forwarded-Prefix /evil.test", "X-Forwarded-Port 666",
			"X-Original-Host evil.test", "X-Host evil.test", "Origin http://evil.test" })
	void theHostOfLinksComesFromTheConfiguration(String header) {
		String[] parts = header.split(" ", 2);
		Owner owner = fixture.people.anOwner();
		String invitee = TestUsers.anAddress();
		byte[] body = ("{\"email\":\"" + invitee + "\",\"permissions\":[\"quotes\"]}").getBytes(StandardCharsets.UTF_8);
		int status = RawHttp.send(service,
				RawHttp.head("POST", "/api/v1" + owner.path("/invitations"), "Authorization",
						"Bearer " + owner.client().token(), "Content-Type", "application/json", "Content-Length",
						Integer.toString(body.length), parts[0], parts[1]),
				body)
			.status();
		assertThat(status).isEqualTo(201);
		Mail sent = mail.awaitMail(invitee);
		assertThat(sent.text()).contains(service.url() + "/invitation#").doesNotContain("evil", "666", "https:");
		assertThat(sent.html()).contains(service.url() + "/invitation#").doesNotContain("evil", "666");
	}

	@Test
	void thePreviewShowsNoAddress() {
		RoleFixture.Stage stage = fixture.stage();
		Response preview = service.anonymous().post("/invitations/preview", Map.of("token", stage.token()));
		assertThat(preview.status()).isEqualTo(200);
		assertThat(preview.text()).contains("Harbour Lights").doesNotContain(stage.invitee());
		assertThat(preview.json().propertyNames()).containsExactlyInAnyOrder("account", "inviter", "permissions",
				"expiresAt", "loginExists");
	}

	@Test
	void anotherUserIsRefusedAndNothingChanges() {
		RoleFixture.Stage stage = fixture.stage();
		Person stranger = fixture.person(RoleFixture.Role.STRANGER);
		tables.awaitEmptyOutbox();
		Map<String, Object> before = tables.digest();
		Response answer = stranger.client().post("/invitations/accept", Map.of("token", stage.token()));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("invitation-email-mismatch");
		assertThat(answer.text()).doesNotContain("@");
		assertThat(tables.digest()).isEqualTo(before);
		assertThat(fixture.people.aUser(stage.invitee())
			.client()
			.post("/invitations/accept", Map.of("token", stage.token()))
			.status()).isEqualTo(200);
	}

	@Test
	void aLinkOfAnUnknownInvitationIsNotFound() {
		RoleFixture.Stage stage = fixture.stage();
		String account = stage.owner().account();
		RoleFixture.Stage other = fixture.stage();
		for (String token : List.of(fixture.token(account, other.invitation(), 1),
				fixture.token(other.owner().account(), stage.invitation(), 1),
				fixture.token(account, stage.invitation(), 2), fixture.token(account, account, 1))) {
			for (String path : List.of("preview", "accept", "decline")) {
				Response answer = fixture.client(RoleFixture.Role.STRANGER)
					.post("/invitations/" + path, Map.of("token", token));
				assertThat(answer.status()).as(answer.text()).isEqualTo(404);
			}
		}
	}

	/**
	 * Mail scanners follow links, some of them with a browser.
	 */
	@Test
	void openingTheLinkChangesNothing() {
		RoleFixture.Stage stage = fixture.stage();
		tables.awaitEmptyOutbox();
		Map<String, Object> before = tables.digest();
		Client anonymous = service.anonymous();
		for (String path : List.of("/api/v1/invitations/accept", "/api/v1/invitations/decline",
				"/api/v1/invitations/preview", "/invitation")) {
			for (String method : List.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH")) {
				for (String query : List.of("", "?token=" + stage.token())) {
					anonymous.atRoot().send(method, path + query, null);
					anonymous.atRoot().send(method, path + query, Map.of("token", stage.token()));
				}
			}
		}
		anonymous.post("/invitations/preview", Map.of("token", stage.token()));
		assertThat(tables.digest()).isEqualTo(before);
	}

	private static String all(Response answer) {
		return answer.status() + " " + answer.headers() + " " + answer.text();
	}

}
