package dev.latchkey.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.LanguageFixture;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.latchkey.testing.LanguageFixture.assertGerman;
import static dev.latchkey.testing.LanguageFixture.german;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses are in the language that the client requests, and an account has a language
 * of its own.
 */
@ServiceTest
class ResponseLanguageTests {

	static LanguageFixture fixture;

	@BeforeAll
	static void start() {
		fixture = LanguageFixture.open();
	}

	@AfterAll
	static void stop() {
		fixture.close();
	}

	@Nested
	class Problems {

		@Test
		void areInTheRequestedLanguageWithTheSameCode() {
			Owner owner = fixture.anOwner("Acme", null);
			Response english = owner.client().get(owner.path("/invitations?limit=1000"));
			Response german = owner.client().get(owner.path("/invitations?limit=1000"), german());
			assertThat(english.at("title")).isEqualTo("The request can't be read");
			assertThat(english.at("detail")).isEqualTo("The limit must be a number from 1 to 100.");
			assertThat(english.header("Content-Language")).isEqualTo("en");
			assertThat(english.header("Vary")).isEqualTo("Accept-Language");
			assertGerman(german, "malformed-request", "Die Anfrage ist nicht lesbar",
					"Das Limit muss eine Zahl von 1 bis 100 sein.");
			assertThat(german.header("Vary")).isEqualTo("Accept-Language");
			assertThat(german.status()).isEqualTo(english.status());
			assertThat(german.at("type")).isEqualTo("urn:latchkey:problem:malformed-request");
			assertThat(german.at("field")).isEqualTo("limit");
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				GET    | /session                     | Melden Sie sich zuerst an.
				PUT    | /session                     | Diese Methode ist hier nicht erlaubt.
				GET    | /permissions?verbose=1       | Einen Abfrageparameter mit diesem Namen gibt es hier nicht.
				GET    | /permissions;x=1             | Der Pfad oder ein Header ist nicht in kanonischer Form.
				POST   | /session                     | Dieser Medientyp wird hier nicht unterstützt.
				""")
		void areGermanFromEveryLayer(String method, String path, String detail) {
			Response refused = method.equals("GET") ? fixture.service().anonymous().get(path, german())
					: fixture.service().anonymous().send(method, path, null, german());
			assertThat(refused.header("Content-Language")).isEqualTo("de");
			assertThat(refused.at("detail")).isEqualTo(detail);
		}

		@Test
		void areGermanForFields() {
			Client anonymous = fixture.service().anonymous();
			assertThat(anonymous.post("/users", Map.of("email", "nobody"), german()).at("detail"))
				.isEqualTo("In der Adresse fehlt das @. Geben Sie eine Adresse wie name@example.com an.");
			assertThat(anonymous.post("/users", Map.of("mail", "x"), german()).at("detail"))
				.isEqualTo("Ein Feld mit diesem Namen gibt es hier nicht.");
			assertThat(anonymous.post("/users", "[", german()).at("detail"))
				.isEqualTo("Der Inhalt ist nicht das JSON-Objekt, das hier erwartet wird.");
			assertThat(anonymous
				.post("/session", Map.of("email", TestUsers.anAddress(), "password", "no such password"), german())
				.at("detail")).isEqualTo("Die Adresse oder das Passwort ist falsch.");
			assertThat(fixture.users().aUser().client().get("/accounts/x", german()).at("detail"))
				.isEqualTo("Die ID in „account“ muss eine UUID in Kleinbuchstaben sein.");
		}

		@ParameterizedTest
		@ValueSource(strings = { "de;q=", "de_DE", ";;;", "fr, ja;q=0.5", "de;q=0, *" })
		void areEnglishIfTheRequestedLanguageIsInvalidOrUnsupported(String header) {
			Response refused = fixture.service().anonymous().get("/session", "Accept-Language", header);
			assertThat(refused.status()).isEqualTo(401);
			assertThat(refused.at("title")).isEqualTo("Sign in first");
			assertThat(refused.header("Content-Language")).isEqualTo("en");
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', value = { "de;q=0.5, en;q=0.6 | en", "de;q=0.6, en;q=0.5 | de", "fr, de;q=0.1 | de",
				"de-CH | de", "en, de | en" })
		void respectTheWeightsOfTheHeader(String header, String language) {
			Response refused = fixture.service().anonymous().get("/session", "Accept-Language", header);
			assertThat(refused.header("Content-Language")).isEqualTo(language);
		}

	}

	@Nested
	class PermissionCatalogue {

		@Test
		void isTranslatedButItsKeysAreNot() {
			Response english = fixture.service().anonymous().get("/permissions");
			Response german = fixture.service().anonymous().get("/permissions", german());
			assertThat(english.header("Content-Language")).isEqualTo("en");
			assertThat(german.header("Content-Language")).isEqualTo("de");
			assertThat(german.header("Vary")).isEqualTo("Accept-Language");
			assertThat(german.json().path("items").size()).isEqualTo(13);
			for (int index = 0; index < 13; index++) {
				var one = english.json().path("items").get(index);
				var other = german.json().path("items").get(index);
				assertThat(other.path("key")).isEqualTo(one.path("key"));
				assertThat(other.path("requires")).isEqualTo(one.path("requires"));
				assertThat(other.path("sensitive")).isEqualTo(one.path("sensitive"));
				assertThat(other.path("title").asString()).isNotEqualTo(one.path("title").asString());
				assertThat(other.path("description").asString()).isNotEqualTo(one.path("description").asString());
			}
			assertThat(german.text()).contains("{\"key\":\"quotes\",\"title\":\"Angebote ansehen und annehmen\","
					+ "\"description\":\"Angebote einsehen und annehmen\",\"sensitive\":false,\"requires\":[]}");
		}

	}

	@Nested
	class LocaleField {

		@ParameterizedTest
		@ValueSource(strings = { "fr", "de_DE", "", "x-de", "und", "de-aaaaaaaaa", "german",
				"de-x-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaa" })
		void isRefusedIfTheLanguageIsUnsupported(String locale) {
			Owner owner = fixture.anOwner("Acme", null);
			Map<String, Object> invitation = Map.of("email", TestUsers.anAddress(), "permissions", List.of("domains"),
					"locale", locale);
			for (Response refused : List.of(owner.client().post(owner.path("/invitations"), invitation, german()),
					owner.client().post("/accounts", Map.of("name", "Acme", "locale", locale), german()))) {
				assertThat(refused.status()).isEqualTo(422);
				assertThat(refused.at("field")).isEqualTo("locale");
				assertGerman(refused, "invalid-field", "Der Wert eines Feldes ist ungültig",
						"Muss ein Sprachkürzel mit höchstens 35 Zeichen in einer dieser Sprachen sein: de, en.");
			}
			assertThat(owner.client().get(owner.path("/invitations")).json().path("items").isEmpty()).isTrue();
		}

		@Test
		void canBeNull() {
			Owner owner = fixture.anOwner("Acme", "de");
			Map<String, Object> body = new LinkedHashMap<>(
					Map.of("email", TestUsers.anAddress(), "permissions", List.of("domains")));
			body.put("locale", null);
			assertThat(owner.client().post(owner.path("/invitations"), body).at("locale")).isEqualTo("de");
			Map<String, Object> account = new LinkedHashMap<>(Map.of("name", "Acme"));
			account.put("locale", null);
			assertThat(owner.client().post("/accounts", account).at("locale")).isEqualTo("en");
		}

		@Test
		void isStoredAndReturned() {
			Owner owner = fixture.anOwner("Acme", "de-at");
			assertThat(owner.client().get("/accounts/" + owner.account()).at("locale")).isEqualTo("de-AT");
			assertThat(owner.client().get("/accounts").json().path("items").get(0).path("locale").asString())
				.isEqualTo("de-AT");
			Response invited = fixture.invite(owner, "EN-gb");
			assertThat(invited.at("locale")).isEqualTo("en-GB");
			assertThat(owner.client().get(owner.path("/invitations/" + invited.at("id"))).at("locale"))
				.isEqualTo("en-GB");
			assertThat(owner.client()
				.get(owner.path("/invitations"))
				.json()
				.path("items")
				.get(0)
				.path("locale")
				.asString()).isEqualTo("en-GB");
		}

		@Test
		void isPartOfTheIdempotentRequest() {
			Owner owner = fixture.anOwner("Acme", null);
			Map<String, Object> body = Map.of("email", TestUsers.anAddress(), "permissions", List.of("domains"),
					"locale", "de");
			Map<String, Object> other = new LinkedHashMap<>(body);
			other.put("locale", "en");
			Response first = owner.client().post(owner.path("/invitations"), body, "Idempotency-Key", "once");
			Response again = owner.client().post(owner.path("/invitations"), body, "Idempotency-Key", "once");
			Response changed = owner.client().post(owner.path("/invitations"), other, "Idempotency-Key", "once");
			assertThat(first.status()).isEqualTo(201);
			assertThat(again.text()).isEqualTo(first.text());
			assertThat(changed.code()).isEqualTo("idempotency-key-reused");
		}

	}

}
