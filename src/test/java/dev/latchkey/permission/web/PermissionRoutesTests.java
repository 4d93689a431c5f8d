package dev.latchkey.permission.web;

import java.time.Duration;

import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The catalogue is public, translated, and can be cached for ten minutes.
 */
class PermissionRoutesTests {

	private static final String PATH = "/api/v1/permissions";

	private final WebTestClient client = RouterClient
		.of(new PermissionRoutes().permissionCatalogue(RouterClient.languages()))
		.build();

	@Test
	void containsEveryPermissionInTheOrderOfTheHelpPage() {
		get("en").expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(13)
			.jsonPath("$.items[0].key")
			.isEqualTo("profile")
			.jsonPath("$.items[0].sensitive")
			.isEqualTo(true)
			.jsonPath("$.items[3]")
			.value((entry) -> assertThat(String.valueOf(entry)).isEqualTo(
					"{key=manageproducts, title=View & Modify Product Passwords, description=Allow password resets and "
							+ "other actions, sensitive=false, requires=[\"products\"]}"))
			.jsonPath("$.items[12].key")
			.isEqualTo("orders");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			de             | de | Angebote ansehen und annehmen
			de-CH          | de | Angebote ansehen und annehmen
			fr, de;q=0.1   | de | Angebote ansehen und annehmen
			fr             | en | View & Accept Quotes
			de;q=          | en | View & Accept Quotes
			""")
	void isInTheLanguageOfTheClient(String header, String language, String title) {
		get(header).expectHeader()
			.valueEquals("Content-Language", language)
			.expectHeader()
			.valueEquals("Vary", "Accept-Language")
			.expectBody()
			.jsonPath("$.items[8].title")
			.isEqualTo(title);
	}

	@Test
	void mayBeCachedByEveryone() {
		get("en").expectHeader().cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic());
	}

	@Test
	void hasATagForEachLanguage() {
		String english = etag("en");
		assertThat(english).startsWith("W/\"").isEqualTo(etag("en")).isNotEqualTo(etag("de"));
	}

	@Test
	void isNotModifiedForItsTag() {
		this.client.get()
			.uri(PATH)
			.header("If-None-Match", etag("en"))
			.exchange()
			.expectStatus()
			.isNotModified()
			.expectHeader()
			.valueEquals("ETag", etag("en"))
			.expectHeader()
			.valueEquals("Vary", "Accept-Language")
			.expectHeader()
			.cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic())
			.expectBody()
			.isEmpty();
	}

	@Test
	void isSentForTheTagOfAnotherLanguage() {
		this.client.get()
			.uri(PATH)
			.header("If-None-Match", etag("de"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("ETag", etag("en"));
	}

	@Test
	void takesNoParameters() {
		this.client.get()
			.uri(PATH + "?verbose=1")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo("verbose");
	}

	@Test
	void isPublic() {
		assertThat(new PermissionRoutes().permissionCatalogueEndpoint().toString()).contains(HttpMethod.GET.name(),
				PATH);
	}

	private ResponseSpec get(String language) {
		return this.client.get().uri(PATH).header("Accept-Language", language).exchange();
	}

	private String etag(String language) {
		return String.valueOf(get(language).expectBody().returnResult().getResponseHeaders().getETag());
	}

}
