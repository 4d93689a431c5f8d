package dev.latchkey.http;

import dev.latchkey.language.Translations;
import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.reactive.function.server.MockServerRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The language of a response, which is marked on it.
 */
class LanguageNegotiationTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			de              | de
			de-AT           | de
			fr, de;q=0.1    | de
			en, de;q=0.9    | en
			fr              | en
			*               | en
			not a language! | en
			""")
	void isTheBestOneForTheClient(String header, String language) {
		MockServerRequest request = MockServerRequest.builder().header("Accept-Language", header).build();
		assertThat(LanguageNegotiation.of(request, RouterClient.languages()).tag()).isEqualTo(language);
	}

	@Test
	void isEnglishWithoutTheHeader() {
		assertThat(LanguageNegotiation.of(MockServerRequest.builder().build(), RouterClient.languages()).tag())
			.isEqualTo("en");
	}

	@Test
	void isMarkedWithoutRemovingOtherVaryValues() {
		HttpHeaders response = new HttpHeaders();
		response.add("Vary", "Accept");
		HttpHeaders request = new HttpHeaders();
		request.set("Accept-Language", "de");
		Translations translations = LanguageNegotiation.of(request, RouterClient.languages());
		LanguageNegotiation.mark(translations).accept(response);
		assertThat(response.getFirst("Content-Language")).isEqualTo("de");
		assertThat(response.getVary()).containsExactly("Accept", "Accept-Language");
	}

}
