package dev.latchkey.observability;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.MetricsScrape;
import dev.latchkey.testing.RouteCollector;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.Tables;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.Watcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.server.RouterFunction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The metrics of a replica: correct values, few labels, and no personal data.
 */
@ServiceTest
class MetricsTests {

	private static final int MANAGEMENT = Service.freePort();

	private static final Pattern PERSONAL = Pattern
		.compile(".*(@|%40|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|[A-Za-z0-9_-]{40}|\\d+\\.\\d+\\.\\d+\\.\\d+).*");

	private static final String REQUESTS = "http_server_requests_seconds_count";

	static TestDatabase database;

	static MailServer mail;

	static Service service;

	static Owner owner;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mail = MailServer.start();
		service = Service.on(database)
			.mailingTo(mail)
			.set("management.server.port", Integer.toString(MANAGEMENT))
			.set("latchkey.metrics.poll-interval", "200ms")
			.start();
		owner = new TestUsers(service).anOwner();
	}

	@AfterAll
	static void stop() {
		service.close();
		mail.close();
	}

	@Test
	void openWatchersAreCountedAndEachEventHasALag() {
		new Tables(database).awaitEmptyOutbox();
		MetricsScrape before = MetricsScrape.of(MANAGEMENT);
		try (Watcher watcher = owner.client().watch(owner.account(), null)) {
			watcher.await((seen) -> seen.event().equals("start"));
			await().until(() -> MetricsScrape.of(MANAGEMENT).sum("latchkey_feed_watchers") == 1);
			owner.invite(TestUsers.anAddress(), "quotes");
			watcher.await((seen) -> seen.event().equals("invitation.created"));
			watcher.await((seen) -> seen.event().equals("invitation.sent"));
		}
		await().until(() -> MetricsScrape.of(MANAGEMENT).sum("latchkey_feed_watchers") == 0);
		MetricsScrape after = MetricsScrape.of(MANAGEMENT);
		assertThat(after.sum("latchkey_feed_lag_seconds_count") - before.sum("latchkey_feed_lag_seconds_count"))
			.isEqualTo(2);
		double lag = after.sum("latchkey_feed_lag_seconds_sum") - before.sum("latchkey_feed_lag_seconds_sum");
		assertThat(lag).isPositive().isLessThan(10);
		assertThat(after.of("latchkey_feed_lag_seconds_bucket")).extracting((bucket) -> bucket.labels().get("le"))
			.contains("0.005", "2.5", "10.0", "+Inf");
	}

	@Test
	void requestsAreCountedByRouteAndStatus() {
		MetricsScrape before = MetricsScrape.of(MANAGEMENT);
		String invitation = owner.invite(TestUsers.anAddress(), "quotes").at("id");
		owner.client().get(owner.path("/invitations/" + invitation));
		owner.client().get(owner.path("/invitations/" + invitation));
		service.anonymous().get(owner.path("/invitations/" + invitation));
		MetricsScrape after = MetricsScrape.of(MANAGEMENT);
		String uri = "/api/v1/accounts/{account}/invitations/{invitation}";
		assertThat(more(before, after, "uri", uri, "method", "GET", "status", "200")).isEqualTo(2);
		assertThat(
				more(before, after, "uri", "/api/v1/accounts/{account}/invitations", "method", "POST", "status", "201"))
			.isEqualTo(1);
		assertThat(more(before, after, "uri", "UNKNOWN", "method", "GET", "status", "401")).isEqualTo(1);
		assertThat(after.of("http_server_requests_seconds_bucket")).extracting((bucket) -> bucket.labels().get("le"))
			.contains("0.005", "1.0", "10.0", "+Inf");
	}

	@Test
	void labelsAreFewAndNeverPersonal() {
		String address = TestUsers.anAddress();
		owner.invite(address, "quotes");
		Response refused = service.anonymous().post("/session", Map.of("email", address, "password", "wrong"));
		assertThat(refused.status()).isEqualTo(401);
		for (int count = 0; count < 150; count++) {
			owner.client().atRoot().get("/" + address + "/" + count);
			owner.client().get("/accounts/" + address + count + "?q=" + address);
			owner.client().send("METHOD" + count, "/permissions", null);
		}
		MetricsScrape scrape = MetricsScrape.of(MANAGEMENT);
		Set<String> expected = routes();
		expected.addAll(Set.of("NOT_FOUND", "UNKNOWN", "REDIRECTION"));
		assertThat(expected).containsAll(scrape.labelValues("uri"));
		assertThat(scrape.labelValues("method")).isSubsetOf("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH",
				"UNKNOWN");
		assertThat(scrape.series()).allSatisfy(
				(one) -> assertThat(one.labels().values()).noneMatch((value) -> PERSONAL.matcher(value).matches()));
		assertThat(scrape.series()).hasSizeLessThan(2500);
	}

	@Test
	void theAgesOfTheOldestMailAndInvitationArePolled() {
		await().until(() -> MetricsScrape.of(MANAGEMENT).sum("latchkey_outbox_oldest_seconds") == 0
				&& MetricsScrape.of(MANAGEMENT).sum("latchkey_invitations_overdue_oldest_seconds") == 0);
		database.update("""
				insert into outbox (shard_id, id, topic, subject_id, version, due_at, attempts, created_at)
				values (gen_random_uuid(), gen_random_uuid(), 'invitation', gen_random_uuid(), 1,
				        now() + interval '1 hour', 1, now() - interval '20 minutes')""");
		await().until(() -> MetricsScrape.of(MANAGEMENT).sum("latchkey_outbox_oldest_seconds") > 1199);
		database.update("delete from outbox where attempts = 1 and due_at > now() + interval '30 minutes'");
		await().until(() -> MetricsScrape.of(MANAGEMENT).sum("latchkey_outbox_oldest_seconds") < 60);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/health", "/health/liveness", "/prometheus", "/info", "/env", "/metrics" })
	void managementEndpointsAreNotOnThePublicPort(String path) {
		assertThat(MetricsScrape.get(service.port(), "/actuator" + path).statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/health", "/health/liveness", "/health/readiness" })
	void healthContainsTheStatusOnly(String path) {
		HttpResponse<String> response = MetricsScrape.get(MANAGEMENT, "/actuator" + path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).startsWith("{")
			.contains("\"status\":\"UP\"")
			.doesNotContain("details", "components");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/info", "/env", "/beans", "/configprops", "/heapdump", "/threaddump", "/loggers",
			"/metrics", "/mappings", "/conditions", "/caches", "/flyway", "/scheduledtasks", "/shutdown", "/sbom",
			"/startup", "/logfile", "/httpexchanges" })
	void otherEndpointsAreNotOnTheManagementPort(String path) {
		assertThat(MetricsScrape.get(MANAGEMENT, "/actuator" + path).statusCode()).isEqualTo(404);
	}

	private static double more(MetricsScrape before, MetricsScrape after, String... labels) {
		return after.sum(REQUESTS, labels) - before.sum(REQUESTS, labels);
	}

	/**
	 * The path patterns of all routes.
	 */
	private static Set<String> routes() {
		RouteCollector collector = new RouteCollector();
		service.beans(RouterFunction.class).forEach((router) -> router.accept(collector));
		return collector.routes()
			.stream()
			.map((route) -> route.split("[ +]", -1))
			.map((parts) -> parts[parts.length > 1 ? 1 : 0])
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
