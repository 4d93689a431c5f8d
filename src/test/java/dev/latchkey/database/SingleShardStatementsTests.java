package dev.latchkey.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.testing.AllOperations;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.ScriptedMailServer;
import dev.latchkey.testing.ServerPlan;
import dev.latchkey.testing.ServerPlan.Scan;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.StatementRecorder;
import dev.latchkey.testing.StatementRecorder.Recorded;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every statement can run on a single machine of a cluster, except those that record 18
 * lists. All statements are recorded while all operations run, and the query plan of the
 * server shows which rows they read.
 */
@ServiceTest
class SingleShardStatementsTests {

	private static final Path RECORD = Path.of("src/adr/0018-citus.md");

	private static final String ALL = "all";

	/** The shards of each exception, by a part of the statement that identifies it. */
	private static final Map<String, String> EXCEPTIONS = new TreeMap<>(Map.ofEntries(
			Map.entry("select i.account_id from invitation i where i.status = 'PENDING' and i.expires_at <= now()",
					ALL),
			Map.entry(
					"select i.account_id from invitation i where i.status = 'PENDING' and i.expires_at > now() and i.reminded_version",
					ALL),
			Map.entry("select shard_id, id from outbox where due_at <= now()", ALL),
			Map.entry("select id, feed_seq, owner_id, clock_timestamp() as read_at from account where id = any(",
					"those with watched accounts"),
			Map.entry("select min(created_at) from outbox where not deferred", ALL),
			Map.entry("select extract(epoch from now() - min(i.expires_at))::float8 as age from invitation i", ALL),
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
			Map.entry("delete from throttle where (bucket) in (", ALL),
			Map.entry("delete from address_attempt where (address_hash, counter) in (", ALL),
			Map.entry("delete from known_source where (address_hash, source_hash) in (", ALL),
			Map.entry("delete from mailbox_quota where mailbox in (", ALL)));

	private static final StatementRecorder recorder = new StatementRecorder();

	static TestDatabase database;

	static MailServer mail;

	static Service service;

	static Map<String, Recorded> statements;

	@BeforeAll
	static void runAllOperations() {
		database = TestDatabase.create();
		mail = MailServer.start();
		service = Service.on(database)
			.mailingTo(mail)
			.replace("recorder", ConnectionFactoryDecorator.class, recorder)
			.set("latchkey.invitations.resend-cooldown", "0s")
			.set("latchkey.sessions.cache-duration", "0s")
			.set("latchkey.retention.events", "1d")
			.set("latchkey.retention.invitations", "1d")
			.set("latchkey.retention.purge-interval", "300ms")
			.start();
		new AllOperations(service, database, mail).runAll();
		shutDownAReplica();
		statements = recorder.statements()
			.stream()
			.filter((statement) -> statement.text().matches("(?is)\\s*(with|select|insert|update|delete)\\b.*"))
			.collect(Collectors.toMap((statement) -> flat(statement.text()), (statement) -> statement,
					(one, other) -> one, TreeMap::new));
	}

	/**
	 * It releases a mail that it could not deliver. Before, it creates an invitation in
	 * an account that is full of overdue invitations, which no sweep has marked yet.
	 */
	private static void shutDownAReplica() {
		TestDatabase otherDatabase = TestDatabase.create();
		try (ScriptedMailServer hangingServer = ScriptedMailServer.start();
				Service replica = Service.on(otherDatabase)
					.set("latchkey.mail.host", "127.0.0.1")
					.set("latchkey.mail.port", Integer.toString(hangingServer.port()))
					.set("latchkey.mail.transport", "SMTP")
					.set("latchkey.invitations.sweep-interval", "1h")
					.replace("recorder", ConnectionFactoryDecorator.class, recorder)
					.withOwnEventLoops()
					.start()) {
			hangingServer.awaitConnectionCheck();
			hangingServer.answer(ScriptedMailServer.Step.MAIL, ScriptedMailServer.HANG);
			Owner owner = new TestUsers(replica).anOwner();
			owner.invite(TestUsers.anAddress(), "domains");
			await().until(() -> hangingServer.dialogs().size() == 1);
			otherDatabase.update("update account set max_pending = 1 where id = ?::uuid", owner.account());
			otherDatabase.letSevenDaysPass(owner.account(), "%");
			assertThat(owner.invite(TestUsers.anAddress(), "domains").status()).isEqualTo(201);
		}
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void everyStatementRunsOnOneMachineExceptTheListedOnes() {
		Map<String, List<String>> wide = new TreeMap<>();
		statements.forEach((text, recorded) -> {
			List<String> scans = ServerPlan.of(recorded, database)
				.scans()
				.stream()
				.filter(SingleShardStatementsTests::isWide)
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
	 * A statement that was not recorded would not be checked.
	 */
	@Test
	void everyStatementOfTheSourcesIsRecorded() throws IOException {
		String all = String.join("\n", statements.keySet());
		Set<String> missing = new TreeSet<>();
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			for (Path file : files.filter(SingleShardStatementsTests::runsWhileServing).toList()) {
				for (String head : firstLines(Files.readString(file))) {
					if (!Pattern.compile(head).matcher(all).find()) {
						missing.add(file.getFileName() + ": " + head);
					}
				}
			}
		}
		assertThat(missing).isEmpty();
	}

	/**
	 * No transaction locks or changes two accounts.
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
	 * The planner has no statistics of a table that has just grown, nor of one large
	 * account among thousands. Without a bound on the number it could read the whole log
	 * of an account for one page.
	 */
	@Test
	void aPageOfTheLogIsARangeOfItsNumbers() {
		Map<String, Recorded> pages = new TreeMap<>(statements);
		pages.keySet().removeIf((text) -> !text.matches(".* from account_event e .* order by e\\.seq( desc)?"));
		pages.keySet().removeIf((text) -> text.contains("e.invitation_id = $"));
		assertThat(pages).hasSize(2);
		assertThat(pages.values()).allSatisfy((recorded) -> assertThat(ServerPlan.of(recorded, database).scans())
			.filteredOn((scan) -> scan.alias().equals("e"))
			.singleElement()
			.satisfies((scan) -> assertThat(scan.conditions())
				.anyMatch((condition) -> condition.contains("seq > ") || condition.contains("seq >= "))
				.anyMatch((condition) -> condition.contains("seq <"))));
	}

	/**
	 * Citus evaluates functions that are not immutable once, before it sends a statement
	 * to a shard, and refuses them where that would change the result.
	 */
	@Test
	void noStatementUsesTheTimeWhereCitusRefusesIt() {
		Pattern conflict = Pattern.compile("on conflict .*? do update (.*?)(returning|\\) select|\\), \\w+ as|$)");
		Pattern returning = Pattern.compile("returning (.*?)(\\), \\w+ as|\\) |$)");
		Pattern update = Pattern.compile("update \\w+ (?:\\w+ )?set (.*?)( from | where | returning )");
		assertThat(statements.keySet()).allSatisfy((text) -> {
			assertThat(parts(conflict, text)).as(text).noneMatch(SingleShardStatementsTests::isMutable);
			assertThat(parts(returning, text)).as(text).noneMatch(SingleShardStatementsTests::isMutable);
			assertThat(parts(update, text)).as(text)
				.filteredOn((part) -> part.contains("case when") || part.contains("coalesce("))
				.noneMatch(SingleShardStatementsTests::isMutable);
			if (!text.startsWith("select ")) {
				assertThat(text).doesNotContainPattern(
						"clock_timestamp|statement_timestamp|timeofday|random\\(|gen_random_uuid|nextval");
			}
		});
		assertThat(statements.keySet()).filteredOn((text) -> conflict.matcher(text).find()).hasSizeGreaterThan(3);
	}

	/**
	 * Excludes classes that run once, before the service starts.
	 */
	private static boolean runsWhileServing(Path file) {
		return file.toString().endsWith(".java")
				&& !Set.of("CitusLayout.java", "CitusFunctions.java", "DemoAccount.java")
					.contains(file.getFileName().toString());
	}

	private static boolean isMutable(String part) {
		return part.contains("now()") || part.matches(".*(window_start|_at|_until) [-+] (interval|make_interval).*");
	}

	private static List<String> parts(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((part) -> part.group(1)).toList();
	}

	private static boolean isWide(Scan scan) {
		TablePlacement placement = TablePlacementTests.PLACEMENTS.get(scan.table());
		return placement != null && !placement.isReference()
				&& !scan.hasEqualityOn(Objects.requireNonNull(placement.column()));
	}

	/**
	 * The first lines of the statements in a source file, as patterns for the statements
	 * that the driver gets.
	 */
	private static List<String> firstLines(String source) {
		return Pattern.compile("\"(?:\"\"\\s+)?((?:select|insert into|update|delete from|with) [^\\n\"]+)")
			.matcher(source)
			.results()
			.map((head) -> head.group(1).strip().replaceAll("\\s+", " "))
			.filter((head) -> head.matches("(select|insert|update|delete|with) .*( from | into | set | as \\(?).*")
					|| head.startsWith("insert into"))
			.map((head) -> Pattern.quote(head)
				.replaceAll("(?<!:):[a-zA-Z]+", "\\\\E\\\\\\$\\\\d+\\\\Q")
				.replaceAll("%(\\d\\$)?s", "\\\\E.*\\\\Q"))
			.toList();
	}

	private static String flat(String text) {
		return text.strip().replaceAll("\\s+", " ");
	}

}
