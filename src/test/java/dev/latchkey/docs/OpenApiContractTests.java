package dev.latchkey.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.OpenApiContract;
import dev.latchkey.testing.OpenApiDocument;
import dev.latchkey.testing.RouteCollector;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.server.RouterFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The OpenAPI document matches the application, and the check of every request and
 * response against the document detects differences.
 */
@ServiceTest
class OpenApiContractTests {

	/** Documented once for all paths, in the introduction of the document. */
	private static final Set<ProblemCode> ANYWHERE = Set.of(ProblemCode.METHOD_NOT_ALLOWED, ProblemCode.INTERNAL_ERROR);

	/** Only the owner grants so far, and the owner holds everything. */
	private static final Set<ProblemCode> UNREACHABLE = Set.of(ProblemCode.GRANT_EXCEEDS_HELD);

	static TestDatabase database;

	static Service service;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database).start();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void theDocumentIsServed() {
		Response answer = service.anonymous().atRoot().get("/openapi.yaml");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo("application/yaml");
		assertThat(answer.text()).startsWith("openapi: 3.0.3");
		assertThat(OpenApiContract.response("/openapi.yaml", "GET", answer).getMessages()).isEmpty();
		Response again = service.anonymous()
			.atRoot()
			.get("/openapi.yaml", "If-None-Match", String.valueOf(answer.header("ETag")));
		assertThat(again.status()).isEqualTo(304);
		assertThat(OpenApiContract.response("/openapi.yaml", "GET", again).getMessages()).isEmpty();
	}

	@Test
	void exactlyTheRoutesAreDocumented() {
		RouteCollector collector = new RouteCollector();
		service.beans(RouterFunction.class).forEach((router) -> router.accept(collector));
		Set<String> routes = collector.routes()
			.stream()
			.filter((route) -> route.contains(" /api/") || route.endsWith(" /openapi.yaml"))
			.map((route) -> route.replaceAll(" \\[.*", ""))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(OpenApiDocument.operations().keySet()).containsExactlyInAnyOrderElementsOf(routes);
	}

	@Test
	void exactlyTheProblemsOfTheServiceAreDocumented() {
		Set<String> documented = OpenApiDocument.operations()
			.values()
			.stream()
			.flatMap((operation) -> operation.getResponses().values().stream())
			.flatMap((response) -> OpenApiDocument.codes(response).stream())
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> known = Stream.of(ProblemCode.values())
			.filter((code) -> !ANYWHERE.contains(code) && !UNREACHABLE.contains(code))
			.map(ProblemCode::code)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(documented).isEqualTo(known);
		assertThat(ANYWHERE).allSatisfy((code) -> assertThat(OpenApiDocument.introduction()).contains(code.code()));
	}

	@Nested
	class ContractCheck {

		private final String good = """
				{"userId":"0199b1c2-90aa-7b42-8c55-4d1e6a7f3b21","name":"Sam","email":"sam@example.org","owner":false,
				 "permissions":["domains"],"permissionsVersion":1,"joinedAt":"2026-05-04T09:30:00Z"}""";

		private ValidationReport member(int status, String body, String... headers) {
			Map<String, List<String>> all = new LinkedHashMap<>(Map.of("Content-Type", List.of("application/json")));
			for (int index = 0; index < headers.length; index += 2) {
				all.put(headers[index], List.of(headers[index + 1]));
			}
			return OpenApiContract.response("/api/v1/accounts/0199b1c2-7c11-7d5e-9a3f-2f6b1f0c9d10/members/me", "GET",
					new Response(status, all, body));
		}

		@Test
		void acceptsACorrectResponse() {
			assertThat(member(200, this.good, "ETag", "\"1\"").getMessages()).isEmpty();
		}

		@Test
		void detectsAnUndocumentedField() {
			String more = this.good.replace("\"owner\"", "\"secret\":\"s\",\"owner\"");
			assertThat(member(200, more, "ETag", "\"1\"").hasErrors()).isTrue();
		}

		@Test
		void detectsAMissingField() {
			assertThat(member(200, this.good.replace("\"owner\":false,", ""), "ETag", "\"1\"").hasErrors()).isTrue();
		}

		@Test
		void detectsAMissingHeader() {
			assertThat(member(200, this.good).hasErrors()).isTrue();
		}

		@Test
		void detectsAnUndocumentedStatus() {
			assertThat(member(418, this.good, "ETag", "\"1\"").hasErrors()).isTrue();
		}

		@Test
		void detectsAnUndocumentedCode() {
			String problem = """
					{"type":"urn:latchkey:problem:owner-only","title":"t","status":404,"detail":"d","code":"owner-only"}""";
			Response answer = new Response(404, Map.of("Content-Type", List.of("application/problem+json")), problem);
			assertThat(OpenApiContract.response("/api/v1/session", "GET", answer).hasErrors()).isTrue();
		}

		@Test
		void detectsAnUndocumentedRequest() {
			assertThat(signIn("{\"email\":\"a@b.example\",\"password\":\"p\"}").getMessages()).isEmpty();
			assertThat(signIn("{\"email\":\"a@b.example\",\"password\":\"p\",\"x\":1}").hasErrors()).isTrue();
			assertThat(signIn("{\"email\":\"a@b.example\",\"password\":1}").hasErrors()).isTrue();
			assertThat(signIn("{\"email\":\"a@b.example\"}").hasErrors()).isTrue();
		}

		private ValidationReport signIn(String body) {
			return OpenApiContract.request(SimpleRequest.Builder.post("/api/v1/session")
				.withHeader("Content-Type", "application/json")
				.withBody(body)
				.build());
		}

	}

}
