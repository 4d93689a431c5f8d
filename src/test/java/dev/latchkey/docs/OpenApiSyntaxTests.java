package dev.latchkey.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.swagger.v3.parser.OpenAPIV3Parser;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API document is valid OpenAPI. Without this, a wrong line shows only in the tests
 * that start the service.
 */
class OpenApiSyntaxTests {

	@Test
	void theDocumentHasNoErrors() throws IOException {
		String document = new ClassPathResource("openapi.yaml").getContentAsString(StandardCharsets.UTF_8);
		assertThat(new OpenAPIV3Parser().readContents(document).getMessages()).isEmpty();
	}

}
