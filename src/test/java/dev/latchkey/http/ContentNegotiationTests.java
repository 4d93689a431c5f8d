package dev.latchkey.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.ProblemAssertions;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.RoleFixture.Stage;
import dev.latchkey.testing.RoleMatrix;
import dev.latchkey.testing.RoleMatrix.Row;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.Tables;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request for an unsupported media type gets 406 and changes nothing.
 */
@ServiceTest
class ContentNegotiationTests {

	private static final List<String> UNKNOWN = List.of("text/html", "image/png", "application/xml",
			"application/problem+json", "application/vnd.latchkey+json", "application/*;q=0", "*/*;q=0",
			"application/json;q=0, image/*", "audio/*, image/*;q=0.5", "application/json;q=0.000");

	private static final List<String> ACCEPTED = List.of("*/*", "application/*", "application/json;q=0.5",
			"application/json; charset=utf-8", "text/html, */*;q=0.1", "image/png, application/json", "",
			"application/json, application/*;q=0", "APPLICATION/JSON");

	static Service service;

	static RoleFixture fixture;

	static Tables tables;

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database).set("latchkey.invitations.resend-cooldown", "0s").start();
		fixture = new RoleFixture(service, database);
		tables = new Tables(database);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	static Stream<Row> apiRows() {
		return RoleMatrix.rows().stream().filter((row) -> row.isInApi() && !row.header().contains("Accept"));
	}

	static Stream<Row> readableRows() {
		return apiRows().filter((row) -> row.method().equals("GET"));
	}

	@ParameterizedTest
	@MethodSource("apiRows")
	void anUnsupportedMediaTypeIsRefusedWithoutEffect(Row row) {
		Stage stage = fixture.stage();
		Object body = row.body().apply(fixture, stage);
		tables.awaitEmptyOutbox();
		Map<String, Object> before = tables.digest();
		for (String accept : UNKNOWN) {
			List<String> headers = new ArrayList<>(List.of("If-Match", "\"1\"", "Accept", accept));
			headers.addAll(row.header());
			Response answer = fixture.client(Role.OWNER)
				.atRoot()
				.send(row.method(), row.target(stage), body, headers.toArray(String[]::new));
			assertThat(answer.status()).as(accept).isEqualTo(406);
			assertThat(answer.code()).isEqualTo("not-acceptable");
			ProblemAssertions.assertIsProblem(answer);
		}
		assertThat(tables.digest()).isEqualTo(before);
	}

	@ParameterizedTest
	@MethodSource("readableRows")
	void acceptedRangesGetJson(Row row) {
		Stage stage = fixture.stage();
		for (String accept : ACCEPTED) {
			Response answer = fixture.client(Role.OWNER).atRoot().get(row.target(stage), "Accept", accept);
			assertThat(answer.status()).as(accept).isEqualTo(row.expected(Role.OWNER));
			if (answer.status() == 200) {
				assertThat(answer.header("Content-Type")).isEqualTo("application/json");
			}
		}
	}

	@Test
	void aMissingAcceptHeaderIsAllowed() {
		assertThat(service.anonymous().get("/permissions").status()).isEqualTo(200);
	}

	/**
	 * A missing session is reported first.
	 */
	@Test
	void anonymousCallersGet401First() {
		assertThat(service.anonymous().get("/accounts", "Accept", "text/html").status()).isEqualTo(401);
	}

	@Test
	void aTypeWithQualityZeroIsNotMatchedByAWildcard() {
		assertThat(fixture.client(Role.OWNER).get("/accounts", "Accept", "application/json;q=0, */*").status())
			.isEqualTo(406);
	}

	@Test
	void aRefusedStreamIsNotOpened() {
		String path = fixture.stage().owner().path("/events");
		assertThat(fixture.client(Role.OWNER).get(path, "Accept", "text/event-stream;q=0").status()).isEqualTo(406);
		assertThat(fixture.client(Role.OWNER)
			.get(path, "Accept", "text/event-stream;q=0, application/json")
			.header("Content-Type")).isEqualTo("application/json");
	}

}
