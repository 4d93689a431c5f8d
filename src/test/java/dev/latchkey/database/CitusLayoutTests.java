package dev.latchkey.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.latchkey.shared.StartupException;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The distribution of the tables, with replacements for the functions of Citus that
 * record their calls and refuse what Citus refuses.
 */
@ServiceTest
class CitusLayoutTests {

	private static final List<String> PLAN = List.of("users everywhere", "account_external_id everywhere",
			"session_end everywhere", "account by id", "account_person by account_id with account",
			"membership by account_id with account", "invitation by account_id with account",
			"invitee_quota by account_id with account", "account_event by account_id with account",
			"outbox by shard_id with account", "mail_attempt by shard_id with account",
			"idempotency_receipt by shard_id with account", "sign_up by id with account",
			"password_reset by user_id with account", "session by token_hash", "throttle by bucket",
			"address_attempt by address_hash", "known_source by address_hash with address_attempt",
			"mailbox_quota by mailbox");

	private final TestDatabase database = TestDatabase.create();

	@Test
	void anEmptyDatabaseIsDistributedBeforeTheServiceStarts() {
		createCitusFunctions();
		try (Service service = Service.on(this.database).set(Distribution.SETTING, "citus").start()) {
			assertThat(calls()).isEqualTo(PLAN);
			Owner owner = new TestUsers(service).anOwner();
			assertThat(owner.invite(TestUsers.anAddress(), "invoices").status()).isEqualTo(201);
		}
	}

	@Test
	void aDatabaseWithRowsIsDistributedOnceAndItsLocalCopiesAreRemoved() {
		serveOnOneMachine();
		createCitusFunctions();
		reach(MigrationMode.ONLY, Distribution.CITUS);
		assertThat(calls()).startsWith(PLAN.toArray(String[]::new));
		assertThat(calls().subList(PLAN.size(), calls().size())).containsExactly("users forgotten", "account forgotten",
				"account_event forgotten");
		reach(MigrationMode.AT_START, Distribution.CITUS);
		assertThat(layouts()).isEqualTo(PLAN);
	}

	@Test
	void theFunctionsAreDistributedByTheirAccount() {
		createCitusFunctions();
		reach(MigrationMode.ONLY, Distribution.CITUS);
		assertThat(functions("distribution_argument_index = 0"))
			.containsExactlyInAnyOrderElementsOf(CitusFunctions.COMMANDS);
		assertThat(functions("distribution_argument_index is null")).contains("append_event", "create_account")
			.doesNotContainAnyElementsOf(CitusFunctions.COMMANDS);
	}

	/**
	 * Citus copies new functions to all machines if the tables are distributed.
	 */
	@Test
	void aCommandOfALaterMigrationIsDistributed() {
		createCitusFunctions();
		reach(MigrationMode.ONLY, Distribution.CITUS);
		this.database.update("update citus.pg_dist_object set distribution_argument_index = null"
				+ " where objid = (select oid from pg_proc where proname = 'sweep_account')");
		reach(MigrationMode.ONLY, Distribution.CITUS);
		assertThat(functions("distribution_argument_index is not null")).contains("sweep_account");
	}

	@Test
	void anInterruptedRunContinues() {
		serveOnOneMachine();
		createCitusFunctions();
		this.database.update("insert into citus.fault values ('invitation')");
		assertRefused(MigrationMode.ONLY, Distribution.CITUS,
				"The tables of the database " + databaseName()
						+ " can't be distributed: ERROR: connection to the remote node failed; tables that are"
						+ " already distributed are not affected, start again when the cause is fixed.");
		assertThat(calls()).isEqualTo(PLAN.subList(0, PLAN.indexOf("invitation by account_id with account")));
		assertRefused(MigrationMode.NEVER, Distribution.CITUS,
				"The database " + databaseName()
						+ " has tables that are not distributed, such as invitation: start it once"
						+ " with latchkey.database.migration=only.");
		this.database.update("delete from citus.fault");
		reach(MigrationMode.ONLY, Distribution.CITUS);
		assertThat(layouts()).isEqualTo(PLAN);
	}

	@Test
	void concurrentReplicasDistributeOnce() {
		serveOnOneMachine();
		createCitusFunctions();
		CompletableFuture<?>[] starts = Stream
			.generate(() -> CompletableFuture.runAsync(() -> reach(MigrationMode.AT_START, Distribution.CITUS)))
			.limit(4)
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(starts).join();
		assertThat(layouts()).isEqualTo(PLAN);
	}

	@Test
	void aReplicaThatMayNotMigrateStartsOnADistributedDatabase() {
		createCitusFunctions();
		reach(MigrationMode.ONLY, Distribution.CITUS);
		reach(MigrationMode.NEVER, Distribution.CITUS);
		assertThat(calls()).isEqualTo(PLAN);
	}

	/**
	 * The tables of a later migration would stay on one machine.
	 */
	@Test
	void aDistributedDatabaseIsRefusedWithoutTheSetting() {
		createCitusFunctions();
		reach(MigrationMode.ONLY, Distribution.CITUS);
		for (MigrationMode migration : MigrationMode.values()) {
			assertRefused(migration, Distribution.NONE, "The tables of the database " + databaseName()
					+ " are distributed: set latchkey.database.distribution=citus.");
		}
	}

	@Test
	void citusForOtherTablesIsAccepted() {
		reach(MigrationMode.ONLY, Distribution.NONE);
		createCitusFunctions();
		this.database.update("create table others (id int primary key)");
		this.database.rows("select citus.create_distributed_table('others', 'id', colocate_with => 'none')");
		reach(MigrationMode.AT_START, Distribution.NONE);
		assertThat(layouts()).containsExactly("others by id");
	}

	@Test
	void aServerWithoutCitusIsReportedInOneLine() {
		try (ServiceProcess process = ServiceProcess.start(Stream
			.concat(Stream.of("--latchkey.database.migration=only", "--latchkey.database.distribution=citus"),
					this.database.settings()
						.entrySet()
						.stream()
						.map((setting) -> "--" + setting.getKey() + "=" + setting.getValue()))
			.toArray(String[]::new))) {
			assertThat(process.awaitExit()).isNotZero();
			assertThat(process.output().stream().filter((line) -> !line.contains(" INFO "))).singleElement()
				.asString()
				.startsWith("Latchkey does not start. The database " + databaseName()
						+ " has no Citus, which latchkey.database.distribution=citus needs (ERROR: ")
				.endsWith("): install it on its machines and, as a superuser, run \"create extension citus\" there.");
		}
	}

	/**
	 * A database on one machine that contains rows.
	 */
	private void serveOnOneMachine() {
		reach(MigrationMode.ONLY, Distribution.NONE);
		this.database.update("insert into users (id, email, canonical_email, name, password_hash, locale)"
				+ " values (gen_random_uuid(), 'a@b.test', 'a@b.test', 'Ada', '', 'en')");
		this.database.update("insert into account (id, owner_id, name, locale, feed_seq)"
				+ " select gen_random_uuid(), id, 'Harbour Lights', 'en', 1 from users");
		this.database.update("insert into account_event (account_id, seq, type, actor_kind)"
				+ " select id, 1, 'account.created', 'SYSTEM' from account");
	}

	/**
	 * Creates the replacement functions where those of Citus would be found.
	 */
	private void createCitusFunctions() {
		try {
			this.database.update(new ClassPathResource("citus-stub.sql").getContentAsString(StandardCharsets.UTF_8));
			this.database.update("alter database " + name() + " set search_path = public, citus");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void reach(MigrationMode migration, Distribution distribution) {
		ConnectionSettings connection = connection();
		Flyway flyway = Flyway.configure()
			.locations("classpath:db/migration", "classpath:db/commands")
			.dataSource(connection.jdbcUrl(), connection.username(), connection.password())
			.load();
		new SchemaMigration(flyway, connection).reach(migration, distribution);
	}

	private void assertRefused(MigrationMode migration, Distribution distribution, String sentence) {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> reach(migration, distribution))
			.withMessage(sentence);
	}

	private ConnectionSettings connection() {
		Map<String, String> settings = this.database.settings();
		return DatabaseUrl.parse(settings.get("latchkey.database.url") + "?sslmode=disable",
				settings.get("latchkey.database.username"), settings.get("latchkey.database.password"));
	}

	private String databaseName() {
		return connection().toString();
	}

	private String name() {
		return connection().name();
	}

	private List<String> layouts() {
		return calls().stream().filter((call) -> !call.endsWith(" forgotten")).toList();
	}

	private List<String> functions(String condition) {
		return this.database
			.rows("select p.proname from citus.pg_dist_object d join pg_proc p on p.oid = d.objid where " + condition)
			.stream()
			.map((row) -> (String) row.get("proname"))
			.toList();
	}

	private List<String> calls() {
		return this.database.rows("select statement from citus.call order by number")
			.stream()
			.map((row) -> (String) row.get("statement"))
			.toList();
	}

}
