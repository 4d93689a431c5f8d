package dev.latchkey.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.RoleFixture.Stage;
import dev.latchkey.testing.RoleMatrix;
import dev.latchkey.testing.RoleMatrix.Row;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which responses may be cached and revalidated, and which must not.
 */
@ServiceTest
class CachingTests {

	private static final String CATALOGUE = "/permissions";

	/** A public response, the same for all callers. */
	private static final String CACHED_ROUTE = "GET /api/v1/permissions";

	static Service service;

	static RoleFixture fixture;

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database).start();
		fixture = new RoleFixture(service, database);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	static Stream<Row> personalRows() {
		return RoleMatrix.rows()
			.stream()
			.filter((row) -> row.isInApi() && !row.isStream() && !row.route().equals(CACHED_ROUTE));
	}

	@ParameterizedTest
	@MethodSource("personalRows")
	void personalResponsesAreNotCached(Row row) {
		Stage stage = fixture.stage();
		Client client = fixture.client(Role.STRANGER);
		for (Client caller : List.of(service.anonymous(), client, fixture.client(Role.MEMBER))) {
			if (row.method().equals("DELETE") && row.path().endsWith("/session")) {
				continue;
			}
			Response answer = caller.atRoot()
				.send(row.method(), row.target(stage), row.body().apply(fixture, stage), "If-Match", "\"1\"");
			assertThat(answer.header("Cache-Control")).as("%s %d", row, answer.status()).startsWith("no-store");
		}
	}

	@Test
	void theCatalogueMayBeCachedForALimitedTime() {
		Response answer = service.anonymous().get(CATALOGUE);
		assertThat(answer.header("Cache-Control")).isEqualTo("max-age=600, public");
		assertThat(answer.header("ETag")).matches("W/\"[0-9a-f]{16}\"");
		assertThat(answer.headers().get("vary")).containsExactly("Accept-Language", "Accept-Encoding");
	}

	@Test
	void anUnchangedCatalogueIsNotSentAgain() {
		String tag = String.valueOf(service.anonymous().get(CATALOGUE).header("ETag"));
		for (String known : List.of(tag, tag.substring(2), "\"x\", " + tag)) {
			Response answer = service.anonymous().get(CATALOGUE, "If-None-Match", known);
			assertThat(answer.status()).as(known).isEqualTo(304);
			assertThat(answer.text()).isEmpty();
			assertThat(answer.header("ETag")).isEqualTo(tag);
			assertThat(answer.header("Cache-Control")).isEqualTo("max-age=600, public");
			assertThat(answer.headers().get("vary")).containsExactly("Accept-Language", "Accept-Encoding");
		}
	}

	@Test
	void theCatalogueHasAnotherTagInAnotherLanguage() {
		String tag = String.valueOf(service.anonymous().get(CATALOGUE).header("ETag"));
		Response german = service.anonymous().get(CATALOGUE, "If-None-Match", tag, "Accept-Language", "de");
		assertThat(german.status()).isEqualTo(200);
		assertThat(german.header("ETag")).isNotEqualTo(tag);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"x\"", "W/\"x\"", "x", "" })
	void aChangedCatalogueIsSent(String tag) {
		assertThat(service.anonymous().get(CATALOGUE, "If-None-Match", tag).status()).isEqualTo(200);
	}

	@Test
	void problemsOfTheCatalogueAreNotCached() {
		assertThat(service.anonymous().get(CATALOGUE + "?x=1").header("Cache-Control")).isEqualTo("no-store");
		assertThat(service.anonymous().get(CATALOGUE, "Accept", "text/html").header("Cache-Control"))
			.isEqualTo("no-store");
		assertThat(service.anonymous().delete(CATALOGUE).header("Cache-Control")).isEqualTo("no-store");
	}

	/**
	 * The tag is that of the permissions, which do not change when an invitation is
	 * revoked.
	 */
	@Test
	void theTagOfThePermissionsDoesNotRevalidateTheInvitation() {
		Stage stage = fixture.stage();
		String path = stage.owner().path("/invitations/" + stage.invitation());
		Client owner = fixture.client(Role.OWNER);
		assertThat(owner.get(path).header("ETag")).isEqualTo("\"1\"");
		assertThat(owner.send("POST", path + "/revoke", null).status()).isEqualTo(200);
		Response again = owner.get(path, "If-None-Match", "\"1\"");
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.at("status")).isEqualTo("revoked");
		assertThat(again.header("ETag")).isEqualTo("\"1\"");
		String member = stage.owner().path("/members/" + stage.member());
		assertThat(owner.get(member, "If-None-Match", "\"1\"").status()).isEqualTo(200);
		assertThat(owner.get(member).header("ETag")).isEqualTo("\"1\"");
	}

	@Test
	void unchangedPermissionsAreNotSentAgain() {
		Stage stage = fixture.stage();
		Client owner = fixture.client(Role.OWNER);
		for (String path : List.of("/invitations/" + stage.invitation() + "/permissions",
				"/members/" + stage.member() + "/permissions")) {
			String target = stage.owner().path(path);
			assertThat(owner.get(target, "If-None-Match", "\"1\"").status()).isEqualTo(304);
			assertThat(owner.put(target, Map.of("permissions", List.of("orders")), "If-Match", "\"1\"").status())
				.isEqualTo(200);
			assertThat(owner.get(target, "If-None-Match", "\"1\"").status()).isEqualTo(200);
		}
	}

}
