package dev.latchkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.Scene.Role;
import dev.latchkey.Scene.Stage;
import dev.latchkey.testing.Client;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.People;
import dev.latchkey.testing.People.Owner;
import dev.latchkey.testing.ServerPlan;
import dev.latchkey.testing.ServerPlan.Scan;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StatementRecorder;
import dev.latchkey.testing.StatementRecorder.Recorded;
import dev.latchkey.testing.Tables;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the service asks of its database can be answered by one machine of many, but for
 * the exceptions that record 18 lists: every statement is recorded while everybody does
 * everything, and the server itself says where it would look.
 */
class OneShardStatementsTests {

	private static final Path RECORD = Path.of("src/adr/0018-many-database-machines.md");

	private static final String ALL = "all";

	/** By the part that tells a statement from all others: where it goes. */
	private static final Map<String, String> EXCEPTIONS = new TreeMap<>(Map.ofEntries(
			Map.entry("select account_id from invitation where status = 'PENDING' and expires_at <= now()", ALL),
			Map.entry("select shard_id, id from outbox where due_at <= now()", ALL),
			Map.entry("select id, feed_seq, owner_id from account where id = any(", "those with watched accounts"),
			Map.entry("where m.user_id = $1 order by a.created_at", ALL),
			Map.entry("where i.canonical_email = $1 and i.status = 'PENDING'", ALL),
			Map.entry("delete from session where user_id = $1", ALL),
			Map.entry("delete from session where token_hash in (", ALL),
			Map.entry("select id from account where log_since <= now()", ALL),
			Map.entry("select account_id, id from invitation where ended_at <= now()", ALL),
			Map.entry("select shard_id from idempotency_receipt where created_at <= now()", ALL),
			Map.entry("select account_id from invitee_quota where window_start <= now()", ALL),
			Map.entry("delete from sign_up where id in (", ALL),
			Map.entry("delete from password_reset where (user_id, id) in (", ALL),
			Map.entry("delete from throttle where bucket in (", ALL),
			Map.entry("delete from mailbox_quota where mailbox in (", ALL)));

	private static final StatementRecorder recorder = new StatementRecorder();

	static TestDatabase database;

	static MailServer mail;

	static Service service;

	static Map<String, Recorded> statements;

	@BeforeAll
	static void everybodyDoesEverything() {
		database = TestDatabase.create();
		mail = MailServer.start();
		service = Service.on(database)
			.mailingTo(mail)
			.replace("recorder", ConnectionFactoryDecorator.class, recorder)
			.set("latchkey.invitations.resend-cooldown", "0s")
			.set("latchkey.sessions.remembered", "0s")
			.set("latchkey.retention.events", "1d")
			.set("latchkey.retention.invitations", "1d")
			.set("latchkey.retention.period", "300ms")
			.start();
		Scene scene = new Scene(service, database);
		for (RoleMatrix.Row row : RoleMatrix.rows()) {
			if (row.inApi()) {
				for (Role role : Role.values()) {
					scene.call(row, role, scene.stage());
				}
			}
		}
		acceptAsNewUser(scene.stage());
		refusals(scene.stage());
		sessionsThatIdle(scene.stage());
		letRunOut(scene.stage());
		letPass(scene.stage());
		mailsThatWait(scene.stage());
		statements = recorder.statements()
			.stream()
			.filter((statement) -> statement.text().matches("(?is)\\s*(with|select|insert|update|delete)\\b.*"))
			.collect(Collectors.toMap((statement) -> flat(statement.text()), (statement) -> statement,
					(one, other) -> one, TreeMap::new));
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void everyStatementIsAnsweredByOneMachineButForTheListedOnes() {
		Map<String, List<String>> wide = new TreeMap<>();
		statements.forEach((text, recorded) -> {
			List<String> scans = ServerPlan.of(recorded, database)
				.scans()
				.stream()
				.filter(OneShardStatementsTests::isWide)
				.map((scan) -> scan.table() + " " + scan.conditions())
				.toList();
			if (!scans.isEmpty()) {
				wide.put(text, scans);
			}
		});
		assertThat(wide.entrySet())
			.allSatisfy((found) -> assertThat(EXCEPTIONS.keySet()).as("%s", found).anyMatch(found.getKey()::contains));
		assertThat(EXCEPTIONS.keySet())
			.allSatisfy((part) -> assertThat(wide.keySet()).as(part).anyMatch((text) -> text.contains(part)));
	}

	@Test
	void theRecordListsTheSameExceptions() throws IOException {
		Matcher rows = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\|")
			.matcher(Files.readString(RECORD).replaceFirst("(?s)^.*\\| Statement \\|", ""));
		Map<String, String> listed = rows.results()
			.collect(Collectors.toMap((row) -> row.group(1), (row) -> row.group(2).strip(), (one, other) -> one,
					TreeMap::new));
		assertThat(listed).isEqualTo(EXCEPTIONS);
	}

	/**
	 * A new statement that nobody has recorded would be held to nothing.
	 */
	@Test
	void everyStatementOfTheSourcesWasRecorded() throws IOException {
		String all = String.join("\n", statements.keySet());
		Set<String> missing = new TreeSet<>();
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			for (Path file : files.filter(OneShardStatementsTests::isServing).toList()) {
				for (String head : heads(Files.readString(file))) {
					if (!Pattern.compile(head).matcher(all).find()) {
						missing.add(file.getFileName() + ": " + head);
					}
				}
			}
		}
		assertThat(missing).isEmpty();
	}

	/**
	 * Nobody ever holds two accounts, nor changes two at once.
	 */
	@Test
	void noTransactionTouchesTwoAccounts() {
		Set<Object> accounts = database.rows("select id from account")
			.stream()
			.map((row) -> row.get("id"))
			.collect(Collectors.toSet());
		assertThat(recorder.idsByTransaction(accounts, (text) -> text.contains("from account where id = any(")))
			.hasSizeGreaterThan(1000)
			.allMatch((ids) -> ids.size() <= 1);
	}

	/**
	 * Citus evaluates a function that is not immutable once, before it sends a statement
	 * off; where that would be something else, it refuses the statement.
	 */
	@Test
	void noStatementHasATimeWhereCitusTakesNone() {
		Pattern conflict = Pattern.compile("on conflict .*? do update (.*?)(returning|\\) select|\\), \\w+ as|$)");
		Pattern returning = Pattern.compile("returning (.*?)(\\), \\w+ as|\\) |$)");
		Pattern update = Pattern.compile("update \\w+ (?:\\w+ )?set (.*?)( from | where | returning )");
		assertThat(statements.keySet()).allSatisfy((text) -> {
			assertThat(parts(conflict, text)).as(text).noneMatch(OneShardStatementsTests::isMutable);
			assertThat(parts(returning, text)).as(text).noneMatch(OneShardStatementsTests::isMutable);
			assertThat(parts(update, text)).as(text)
				.filteredOn((part) -> part.contains("case when") || part.contains("coalesce("))
				.noneMatch(OneShardStatementsTests::isMutable);
			assertThat(text).doesNotContainPattern(
					"clock_timestamp|statement_timestamp|timeofday|random\\(|gen_random_uuid|nextval");
		});
		assertThat(statements.keySet()).filteredOn((text) -> conflict.matcher(text).find()).hasSizeGreaterThan(4);
	}

	/**
	 * Not what is done once, before anybody is served.
	 */
	private static boolean isServing(Path file) {
		return file.toString().endsWith(".java")
				&& !Set.of("DistributedSchema.java", "Demonstration.java").contains(file.getFileName().toString());
	}

	private static boolean isMutable(String part) {
		return part.contains("now()") || part.matches(".*(window_start|_at|_until) [-+] (interval|make_interval).*");
	}

	private static List<String> parts(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((part) -> part.group(1)).toList();
	}

	private static boolean isWide(Scan scan) {
		TablePlacement placement = TablePlacementTests.PLACEMENTS.get(scan.table());
		return placement != null && !placement.isReference() && !scan.isBy(Objects.requireNonNull(placement.column()));
	}

	/**
	 * The beginnings of the statements in a source file, as patterns of what the driver
	 * gets.
	 */
	private static List<String> heads(String source) {
		return Pattern.compile("\"(?:\"\"\\s+)?((?:select|insert into|update|delete from|with) [^\\n\"]+)")
			.matcher(source)
			.results()
			.map((head) -> head.group(1).strip().replaceAll("\\s+", " "))
			.filter((head) -> head.matches("(select|insert|update|delete|with) .*( from | into | set | as \\(?).*")
					|| head.startsWith("insert into"))
			.map((head) -> Pattern.quote(head).replaceAll("(?<!:):[a-zA-Z]+", "\\\\E\\\\\\$\\\\d+\\\\Q"))
			.toList();
	}

	private static String flat(String text) {
		return text.strip().replaceAll("\\s+", " ");
	}

	private static void acceptAsNewUser(Stage stage) {
		Client anonymous = service.anonymous();
		assertThat(anonymous
			.post("/invitations/accept", Map.of("token", stage.token(), "name", "Ada", "password", People.PASSWORD))
			.status()).isEqualTo(200);
		assertThat(anonymous
			.post("/invitations/accept", Map.of("token", stage.token(), "name", "Ada", "password", People.PASSWORD))
			.status()).isEqualTo(410);
	}

	/**
	 * Refusals read the present state, and what waits for a lock or is full asks again.
	 */
	private static void refusals(Stage stage) {
		Owner owner = stage.owner();
		Map<String, Object> invitation = Map.of("email", People.anAddress(), "permissions", List.of("quotes"));
		String path = owner.path("/invitations");
		for (int time = 0; time < 2; time++) {
			owner.client().post(path, invitation, "Idempotency-Key", "once");
		}
		assertThat(owner.client().post(path, invitation).code()).isEqualTo("invitation-pending");
		owner.client()
			.post(path, "{\"email\":\"" + People.anAddress() + "\",\"permissions\":[\"quotes\"]}", "Content-Type",
					"application/x-ndjson", "Idempotency-Key", "many");
		UUID account = UUID.fromString(owner.account());
		database.update("update account set max_pending = 1, max_creations_per_day = 1 where id = ?", account);
		owner.client().post(path, Map.of("email", People.anAddress(), "permissions", List.of("quotes")));
		owner.client().send("POST", path + "/" + stage.invitation() + "/resend", null);
		database.update("update account set max_pending = null where id = ?", account);
		owner.client().post(path, Map.of("email", People.anAddress(), "permissions", List.of("quotes")));
		database.update("update account set max_creations_per_day = null where id = ?", account);
		database.update("update invitee_quota set resends = 1000 where account_id = ?", account);
		owner.client().send("POST", path + "/" + stage.invitation() + "/resend", null);
		owner.client().get(owner.path("/events?after=" + owner.client().get(path).at("position")));
	}

	/**
	 * A mailbox that has had enough, and a mail server that is gone for a while.
	 */
	private static void mailsThatWait(Stage stage) {
		String name = People.anAddress();
		stage.owner().invite(name, "quotes");
		new Tables(database).awaitQuiet();
		database.update("update mailbox_quota set mails = 1000");
		stage.owner().invite(name.replace("@", "+more@"), "quotes");
		await().until(() -> database.number("select count(*) from outbox where deferred") > 0);
		database.update("delete from outbox");
		database.update("delete from mailbox_quota");
		mail.close();
		stage.owner().invite(People.anAddress(), "quotes");
		await().until(() -> database.number("select count(*) from mail_attempt where outcome = 'RETRY'") > 0);
		database.update("delete from outbox");
	}

	private static void sessionsThatIdle(Stage stage) {
		database.update("update session set idle_until = idle_until - interval '1 hour'");
		assertThat(stage.owner().client().get("/session").status()).isEqualTo(200);
	}

	private static void letRunOut(Stage stage) {
		database.letSevenDaysPass(stage.owner().account(), stage.invitee());
		await().atMost(Duration.ofSeconds(10))
			.until(() -> database
				.number("select count(*) from invitation where status = 'PENDING' and expires_at < now()"
						+ " and account_id = ?::uuid", stage.owner().account()) == 0);
		stage.owner().client().post(stage.owner().path("/invitations/" + stage.invitation() + "/resend"), Map.of());
	}

	/**
	 * Lets a fortnight pass, and what is over be dropped.
	 */
	private static void letPass(Stage stage) {
		UUID account = UUID.fromString(stage.owner().account());
		stage.owner()
			.client()
			.post(stage.owner().path("/invitations/" + stage.invitation() + "/revoke"), Map.of(), "Idempotency-Key",
					"revoked");
		new Tables(database).awaitQuiet();
		database.update("insert into account_person values (?, ?, 'x@example.test', 'Gone')", account,
				UUID.randomUUID());
		database.update("update invitee_quota set window_start = window_start - interval '14 days'");
		database.update("update idempotency_receipt set created_at = created_at - interval '14 days'");
		database.update("""
				update invitation set issued_at = issued_at - interval '14 days',
				       expires_at = expires_at - interval '14 days', ended_at = ended_at - interval '14 days'
				 where account_id = ? and ended_at is not null""", account);
		database.update("update account_event set at = at - interval '14 days' where account_id = ?", account);
		database.update("update account set log_since = '-infinity' where id = ?", account);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> database.number("select (select count(*) from account_person where name = 'Gone')"
					+ " + (select count(*) from invitee_quota) + (select count(*) from idempotency_receipt)") == 0);
	}

}
