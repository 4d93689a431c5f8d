package dev.latchkey.http;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.PagedList;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.StreamingExchange;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.Watcher;
import io.netty.util.internal.PlatformDependent;
import io.r2dbc.pool.ConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Streamed lists contain all rows of the pages and a feed position, and need limited
 * resources.
 */
@ServiceTest
class StreamedListTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String NDJSON = "application/x-ndjson";

	private static final String CSV = "text/csv";

	private static final int INVITATIONS = 450;

	private static final int MEMBERS = 250;

	private static final int READERS = 12;

	static TestDatabase database;

	static Service service;

	static TestUsers users;

	static Owner owner;

	/**
	 * The owner of an account whose log is much longer than the buffers of a connection.
	 */
	static Owner ownerOfLongLog;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.database.pool-size", "4")
			.replace("outboxRelayRunner", Object.class, "mail stays in the outbox")
			.start();
		users = new TestUsers(service);
		owner = users.anOwner();
		createRows(owner);
		ownerOfLongLog = users.anOwner();
		database.update("""
				with bumped as (
				    update account set feed_seq = feed_seq + 100000 where id = ?::uuid returning id, owner_id, feed_seq)
				insert into account_event (account_id, seq, type, actor_kind, actor_id, permissions)
				select id, feed_seq - 100000 + n, 'member.permissions-changed', 'USER', owner_id, array['quotes']
				  from bumped cross join generate_series(1, 100000) as n
				""", ownerOfLongLog.account());
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/members", "/invitations", "/events", "/members?q=7", "/invitations?q=1%40",
			"/invitations?status=expired", "/events?type=invitation.created" })
	void containTheRowsOfThePages(String path) {
		Response whole = owner.client().get(owner.path(path), "Accept", NDJSON);
		assertThat(whole.status()).isEqualTo(200);
		assertThat(whole.header("Content-Type")).isEqualTo(NDJSON);
		assertThat(rows(whole)).hasSizeGreaterThan(5)
			.isEqualTo(
					PagedList.all(owner.client(), owner.path(path + (path.contains("?") ? "&" : "?") + "limit=100")));
	}

	@Test
	void ofEventsAfterAPositionStartWithTheOldest() {
		String start = owner.client().get(owner.path("/members")).at("position").replaceAll("-.*", "-10");
		Response whole = owner.client().get(owner.path("/events?after=" + start), "Accept", NDJSON);
		assertThat(rows(whole)).isEqualTo(PagedList.eventsAfter(owner.client(), owner.account(), start, 100));
		assertThat(rows(whole).get(0).path("seq").asInt()).isEqualTo(11);
	}

	/**
	 * A client that keeps a copy reads the list, and then the feed after its position.
	 */
	@Test
	void missNothingTogetherWithTheFeed() {
		Owner busy = users.anOwner();
		createRows(busy);
		Map<String, String> copy = new TreeMap<>();
		try (StreamingExchange list = read(busy, "/invitations", NDJSON)) {
			String position = busy.client().get(busy.path("/invitations?limit=1")).at("position");
			assertThat(list.status()).isEqualTo(200);
			String last = JSON.readTree(list.line()).path("id").asString();
			busy.client().send("POST", busy.path("/invitations/" + last + "/revoke"), null);
			busy.invite(TestUsers.anAddress(), "quotes");
			for (String line = list.line(); line != null; line = list.line()) {
				JsonNode row = JSON.readTree(line);
				copy.put(row.path("id").asString(), row.path("status").asString());
			}
			copy.put(last, "pending");
			try (Watcher feed = busy.client().watch(busy.account(), position)) {
				while (copy.size() < INVITATIONS + 1 || !"revoked".equals(copy.get(last))) {
					JsonNode event = feed.next().data();
					String id = event.path("invitation").path("id").asString();
					switch (event.path("type").asString()) {
						case "invitation.created" -> copy.put(id, "pending");
						case "invitation.revoked" -> copy.put(id, "revoked");
						default -> {
						}
					}
				}
			}
		}
		Map<String, String> truth = new TreeMap<>();
		rows(busy.client().get(busy.path("/invitations"), "Accept", NDJSON))
			.forEach((row) -> truth.put(row.path("id").asString(), row.path("status").asString()));
		assertThat(copy).isEqualTo(truth);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/members", "/invitations", "/events" })
	void containTheirFeedPosition(String path) {
		String position = owner.client().get(owner.path("/members?limit=1")).at("position");
		assertThat(owner.client().get(owner.path(path), "Accept", NDJSON).header("Feed-Position")).isEqualTo(position);
		assertThat(owner.client().get(owner.path(path), "Accept", CSV).header("Feed-Position")).isEqualTo(position);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/members?limit=5", "/invitations?cursor=5", "/events?limit=5", "/events?cursor=3",
			"/invitations?status=x", "/events?type=x", "/events?after=1-1", "/members?after=1-1" })
	void refuseUnknownParameters(String path) {
		assertThat(owner.client().get(owner.path(path), "Accept", NDJSON).status()).isEqualTo(400);
		assertThat(owner.client().get(owner.path(path), "Accept", CSV).status()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { NDJSON, CSV })
	void endWhenTheSessionEnds(String accept) {
		Owner leaving = new Owner(users.signIn(ownerOfLongLog.person().address()), ownerOfLongLog.account());
		try (StreamingExchange list = read(leaving, "/events", accept)) {
			assertThat(list.status()).isEqualTo(200);
			assertThat(leaving.client().delete("/session").status()).isEqualTo(204);
			assertThatThrownBy(() -> {
				while (list.line() != null) {
					Thread.onSpinWait();
				}
			}).isInstanceOf(UncheckedIOException.class);
		}
	}

	/**
	 * There are more clients than database connections, and none of them reads.
	 */
	@Test
	void holdOnePageAndNoConnectionForASlowClient() {
		List<StreamingExchange> stalled = new ArrayList<>();
		long before = usedMemory();
		try {
			for (int reader = 0; reader < READERS; reader++) {
				StreamingExchange list = read(ownerOfLongLog, "/events", (reader % 2 == 0) ? NDJSON : CSV);
				assertThat(list.status()).isEqualTo(200);
				stalled.add(list);
			}
			ConnectionPool pool = service.bean(ConnectionPool.class);
			await().atMost(Duration.ofMinutes(1))
				.until(() -> pool.getMetrics().orElseThrow().acquiredSize() == 0
						&& pool.getMetrics().orElseThrow().pendingAcquireSize() == 0);
			assertThat(owner.client().get(owner.path("/members?limit=1")).status()).isEqualTo(200);
			assertThat(usedMemory() - before).isLessThan(READERS * (1L << 20));
		}
		finally {
			stalled.forEach(StreamingExchange::close);
		}
	}

	@Nested
	class Csv {

		@ParameterizedTest
		@ValueSource(strings = { "/members", "/invitations", "/events" })
		void containALineForEachRow(String path) {
			Response table = owner.client().get(owner.path(path), "Accept", CSV);
			assertThat(table.header("Content-Type")).isEqualTo(CSV + ";charset=UTF-8");
			assertThat(table.header("Content-Disposition"))
				.isEqualTo("attachment; filename=\"" + path.substring(1) + ".csv\"");
			int rows = rows(owner.client().get(owner.path(path), "Accept", NDJSON)).size();
			assertThat(table.text().split("\r\n", -1)).hasSize(rows + 2);
		}

		@Test
		void areReadableBySpreadsheets() {
			Owner quiet = users.anOwner();
			String invitation = quiet.invite("sam@example.test", "domains", "invoices").at("id");
			JsonNode row = quiet.client().get(quiet.path("/invitations/" + invitation)).json();
			String table = quiet.client().get(quiet.path("/invitations?status=pending"), "Accept", CSV).text();
			assertThat(table).startsWith(
					"id,email,permissions,status,delivery,sendCount,locale,createdAt,issuedAt,expiresAt,endedAt,declineReason\r\n"
							+ invitation + ",sam@example.test,domains invoices,pending,")
				.endsWith(String.join(",", "1,en", row.path("createdAt").asString(), row.path("issuedAt").asString(),
						row.path("expiresAt").asString(), "", "\r\n"));
		}

		/**
		 * An invitee could choose such a name to run a formula in the spreadsheet of the
		 * owner.
		 */
		@ParameterizedTest
		@ValueSource(strings = { "=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(1)", "\uFF1D1+1" })
		void escapeFormulas(String name) {
			Owner quiet = users.anOwner();
			database.update("update account_person set name = ? where account_id = ?::uuid", name, quiet.account());
			quiet.invite("=1+1@example.test", "quotes");
			quiet.invite("+1@example.test", "quotes");
			String quoted = name.replace("\"", "\"\"");
			assertThat(quiet.client().get(quiet.path("/members"), "Accept", CSV).text()).contains("'" + quoted)
				.doesNotContain("," + name, ",\"" + quoted);
			assertThat(quiet.client().get(quiet.path("/invitations"), "Accept", CSV).text())
				.contains(",'=1+1@example.test,", ",'+1@example.test,");
			assertThat(quiet.client().get(quiet.path("/events"), "Accept", CSV).text()).contains("'" + quoted)
				.contains(",'=1+1@example.test,");
		}

	}

	@Nested
	class AcceptHeader {

		@ParameterizedTest
		@ValueSource(strings = { "*/*", "application/json", "application/*", "application/json, text/csv;q=0.9",
				"text/csv;q=0.5, */*", "application/x-ndjson;q=0, application/json", "text/csv, application/json" })
		void selectsAPageByDefault(String accept) {
			assertThat(type(accept)).isEqualTo("application/json");
		}

		@ParameterizedTest
		@ValueSource(strings = { "text/csv", "TEXT/CSV", "text/*", "text/csv;charset=utf-8", "text/csv, */*;q=0.1",
				"application/json;q=0.2, text/csv;q=0.3", "application/x-ndjson;q=0.1, text/csv;q=0.9" })
		void selectsCsv(String accept) {
			assertThat(type(accept)).isEqualTo(CSV + ";charset=UTF-8");
		}

		@ParameterizedTest
		@ValueSource(strings = { "application/x-ndjson", "application/x-ndjson, text/csv",
				"application/json;q=0.1, " + "application/x-ndjson" })
		void selectsNdjson(String accept) {
			assertThat(type(accept)).isEqualTo(NDJSON);
		}

		@Test
		void ofHeadDoesNotReadTheList() {
			assertThat(owner.client().send("HEAD", owner.path("/invitations"), null, "Accept", NDJSON).status())
				.isEqualTo(200);
		}

		private String type(String accept) {
			return String
				.valueOf(owner.client().get(owner.path("/invitations"), "Accept", accept).header("Content-Type"));
		}

	}

	private static StreamingExchange read(Owner reader, String path, String accept) {
		return new StreamingExchange(service, 4096, "GET", "/api/v1" + reader.path(path), "Authorization",
				"Bearer " + reader.client().token(), "Accept", accept);
	}

	private static long usedMemory() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory() + PlatformDependent.usedDirectMemory();
	}

	private static List<JsonNode> rows(Response answer) {
		return answer.text().lines().map(JSON::readTree).toList();
	}

	/**
	 * More than one page of every list.
	 */
	private static void createRows(Owner account) {
		StringBuilder lines = new StringBuilder();
		Set<String> addresses = new TreeSet<>();
		while (addresses.size() < INVITATIONS) {
			addresses.add(TestUsers.anAddress());
		}
		addresses.forEach((address) -> lines.append("{\"email\":\"" + address + "\",\"permissions\":[\"quotes\"]}\n"));
		Response bulk = account.client().post(account.path("/invitations"), lines.toString(), "Content-Type", NDJSON);
		assertThat(bulk.text().lines()).hasSize(INVITATIONS).allMatch((line) -> line.contains("created"));
		database.update("""
				with added as (
				    insert into account_person (account_id, user_id, email, name)
				    select ?::uuid, gen_random_uuid(), 'member' || n || '@example.test', 'Member ' || n
				      from generate_series(1, ?) n returning account_id, user_id, email)
				insert into membership (account_id, user_id, canonical_email, owner, permissions, number)
				select account_id, user_id, email, false, array['quotes'], 10 + row_number() over () from added
				""", account.account(), MEMBERS);
		database.update("""
				with held as (select id from account where id = ?::uuid for no key update)
				update invitation i set issued_at = now() - interval '8 days', expires_at = now() - interval '1 day'
				  from held where i.account_id = held.id and i.number <= 20
				""", account.account());
		await().until(() -> database.number(
				"select count(*) from invitation where account_id = ?::uuid and status = 'EXPIRED'",
				account.account()) == 20);
	}

}
