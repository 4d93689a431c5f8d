package dev.latchkey.invitation;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.LanguageFixture;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static dev.latchkey.testing.LanguageFixture.german;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each line of a bulk request can set the language of its invitation. The response is in
 * the caller's language.
 */
@ServiceTest
class BulkLanguageTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static LanguageFixture fixture;

	@BeforeAll
	static void start() {
		fixture = LanguageFixture.open();
	}

	@AfterAll
	static void stop() {
		fixture.close();
	}

	@Test
	void linesHaveTheirOwnLanguageOrThatOfTheAccount() {
		Owner owner = fixture.anOwner("Acme", "de");
		String withLocale = TestUsers.anAddress();
		String withoutLocale = TestUsers.anAddress();
		Response answer = bulk(owner, "application/x-ndjson", """
				{"email":"%s","permissions":["domains"],"locale":"en-GB"}
				{"email":"%s","permissions":["domains"]}
				{"email":"%s","permissions":["domains"],"locale":"fr"}
				[]
				""".formatted(withLocale, withoutLocale, TestUsers.anAddress()));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Language")).isEqualTo("de");
		assertThat(answer.header("Vary")).isEqualTo("Accept-Language");
		assertThat(problem(answer, 2).path("field").asString()).isEqualTo("locale");
		assertThat(problem(answer, 2).path("title").asString()).isEqualTo("Der Wert eines Feldes ist ungültig");
		assertThat(problem(answer, 3).path("title").asString()).isEqualTo("Die Anfrage ist nicht lesbar");
		assertThat(fixture.mail().awaitMail(withLocale).subject()).isEqualTo("Acme has invited you to their account");
		assertThat(fixture.mail().awaitMail(withoutLocale).subject())
			.isEqualTo("Acme hat Sie zu einem Kundenkonto eingeladen");
	}

	@Test
	void aTableCanHaveAColumnForTheLanguage() {
		Owner owner = fixture.anOwner("Acme", "en");
		String withLocale = TestUsers.anAddress();
		String withoutLocale = TestUsers.anAddress();
		Response answer = bulk(owner, "text/csv", """
				email,locale,permissions
				%s,de,domains
				%s,,domains
				%s,fr,domains
				only one cell
				""".formatted(withLocale, withoutLocale, TestUsers.anAddress()));
		assertThat(problem(answer, 2).path("field").asString()).isEqualTo("locale");
		assertThat(problem(answer, 3).path("detail").asString())
			.isEqualTo("Die Anzahl der Zellen in dieser Zeile stimmt nicht mit der Anzahl der Spalten überein.");
		assertThat(fixture.mail().awaitMail(withLocale).subject())
			.isEqualTo("Acme hat Sie zu einem Kundenkonto eingeladen");
		assertThat(fixture.mail().awaitMail(withoutLocale).subject())
			.isEqualTo("Acme has invited you to their account");
	}

	@Test
	void aTableWithOtherColumnsIsRefusedInTheCallersLanguage() {
		Owner owner = fixture.anOwner("Acme", null);
		Response refused = bulk(owner, "text/csv", "email;locale\n");
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.at("detail")).isEqualTo("Die erste Zeile muss die Spalten nennen: email und permissions, "
				+ "optional auch locale und expiresInDays. Sie enthält: email, locale");
		assertThat(bulk(owner, "text/csv", "email,Rechte,locale,Sprache\n").at("detail"))
			.isEqualTo("Die Spalten „locale“ und „Sprache“ haben dieselbe Bedeutung.");
	}

	private static Response bulk(Owner owner, String type, String body) {
		return owner.client().post(owner.path("/invitations"), body, "Content-Type", type, german()[0], german()[1]);
	}

	private static JsonNode problem(Response answer, int line) {
		return JSON.readTree(answer.text().lines().toList().get(line)).path("problem");
	}

}
