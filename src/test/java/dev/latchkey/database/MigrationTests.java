package dev.latchkey.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.FailedStart;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceProcess;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With many replicas, a separate process migrates the schema before they start.
 */
@DatabaseTest
@ExtendWith(OutputCaptureExtension.class)
class MigrationTests {

	private final TestDatabase database = TestDatabase.create();

	/**
	 * It needs neither a public URL nor keys, since it serves no requests.
	 */
	@Test
	void aMigrationOnlyProcessMigratesAndEnds() {
		List<String> first = output("--latchkey.database.migration=only");
		assertThat(first).filteredOn((line) -> line.contains("migrations run: "))
			.singleElement()
			.asString()
			.contains("/test_")
			.contains(" is at version ")
			.doesNotContain("migrations run: 0");
		assertThat(first).noneMatch((line) -> line.contains("started on port") || line.contains(" WARN ")
				|| line.contains(" ERROR ") || line.contains("Address: "));
		assertThat(this.database.number("select count(*) from invitation")).isZero();

		assertThat(output("--latchkey.database.migration=ONLY")).anyMatch((line) -> line.endsWith("migrations run: 0"));
	}

	@Test
	void aReplicaThatMayNotMigrateReportsAnOldSchemaInOneLine(CapturedOutput output) {
		List<String> lines = FailedStart.output(output,
				onDatabase("--latchkey.database.migration=never", "--latchkey.base-url=https://users.example.test",
						"--latchkey.links.keys=1:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="));
		assertThat(lines).filteredOn((line) -> !line.contains(" INFO "))
			.singleElement()
			.asString()
			.startsWith("Latchkey does not start. The database 127.0.0.1:")
			.contains("is at version 0, this release needs ")
			.endsWith(": start it once with latchkey.database.migration=only.");
		assertThat(this.database.number("select count(*) from pg_tables where schemaname = 'public'")).isZero();
	}

	/**
	 * During a rollout and after a rollback, replicas run on the schema of a later
	 * release.
	 */
	@Test
	void aReplicaStartsOnTheSchemaOfTheNextRelease() {
		Service.on(this.database).start().close();
		this.database.update("""
				insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
				       installed_by, execution_time, success)
				values (9000, '9000', 'next', 'SQL', 'V9000__next.sql', 1, 'latchkey', 1, true)""");
		for (String migration : List.of("never", "at-start")) {
			try (Service service = Service.on(this.database).set("latchkey.database.migration", migration).start()) {
				assertThat(service.anonymous().get("/permissions").status()).isNotEqualTo(503).isLessThan(500);
			}
		}
	}

	@Test
	void aFailedMigrationIsReportedInOneLine() {
		try (ServiceProcess process = ServiceProcess.start("--latchkey.database.migration=only")) {
			assertThat(process.awaitExit()).isNotZero();
			assertThat(process.output().stream().filter((line) -> !line.contains(" INFO ")))
				.containsExactly("Latchkey does not start. No database: set latchkey.database.url.");
		}
	}

	private List<String> output(String... settings) {
		try (ServiceProcess process = ServiceProcess.start(onDatabase(settings))) {
			assertThat(process.awaitExit()).as(String.join("\n", process.output())).isZero();
			return process.output();
		}
	}

	private String[] onDatabase(String... settings) {
		List<String> all = new ArrayList<>(List.of(settings));
		for (Map.Entry<String, String> setting : this.database.settings().entrySet()) {
			all.add("--" + setting.getKey() + "=" + setting.getValue());
		}
		return all.toArray(String[]::new);
	}

}
