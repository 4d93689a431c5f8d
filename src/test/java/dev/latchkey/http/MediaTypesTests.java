package dev.latchkey.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.MediaType;
import org.springframework.mock.web.reactive.function.server.MockServerRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of the types that a resource offers, a request prefers the one with the best quality,
 * then the one with the most specific range, then the first one.
 */
class MediaTypesTests {

	private static final MediaTypes OFFER = MediaTypes.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON,
			MediaTypes.CSV);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			application/json                                   | application/json
			application/x-ndjson                               | application/x-ndjson
			text/csv                                           | text/csv
			text/*                                             | text/csv
			*/*                                                | application/json
			application/*                                      | application/json
			application/json;q=0.5, text/csv                   | text/csv
			application/json;q=0.5, text/csv;q=0.6, */*;q=0.1  | text/csv
			text/csv, */*                                      | text/csv
			text/*, application/x-ndjson                       | application/x-ndjson
			application/json;q=0, */*                          | application/x-ndjson
			text/csv, application/json                         | application/json
			text/csv;q=0.9, application/*;q=0.9                | text/csv
			image/png                                          | none
			*/*;q=0                                            | none
			""")
	void oneTypeIsPreferred(String accept, String preferred) {
		MockServerRequest request = MockServerRequest.builder().header("Accept", accept).build();
		for (MediaType type : new MediaType[] { MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON,
				MediaTypes.CSV }) {
			assertThat(OFFER.preferring(type).test(request)).as("%s", type)
				.isEqualTo(type.toString().equals(preferred));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			text/csv                             | true
			application/json, */*;q=0            | true
			*/*                                  | true
			application/*;q=0.001                | true
			image/png                            | false
			*/*;q=0                              | false
			application/*;q=0, text/csv;q=0      | false
			""")
	void anAcceptHeaderAcceptsAnyOrNoneOfTheTypes(String accept, boolean accepted) {
		assertThat(OFFER.areAccepted(MediaType.parseMediaTypes(accept))).isEqualTo(accepted);
	}

	@Test
	void withoutTheHeaderEverythingIsAcceptedAndNothingPreferred() {
		assertThat(OFFER.areAccepted(MediaType.parseMediaTypes(""))).isTrue();
		assertThat(OFFER.preferring(MediaTypes.CSV).test(MockServerRequest.builder().build())).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "text/csv, true", "text/csv;charset=utf-8, true", "TEXT/CSV, true", "text/plain, false",
			"text/*, false" })
	void theTypeOfABodyIsComparedWithoutParameters(String contentType, boolean matches) {
		MockServerRequest request = MockServerRequest.builder().header("Content-Type", contentType).build();
		assertThat(MediaTypes.hasContentType(MediaTypes.CSV).test(request)).isEqualTo(matches);
	}

	@Test
	void aBodyWithoutATypeMatchesNone() {
		assertThat(MediaTypes.hasContentType(MediaTypes.CSV).test(MockServerRequest.builder().build())).isFalse();
	}

}
