package dev.latchkey.database;

import dev.latchkey.shared.StartupException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the schema to the version that this release needs, or checks that it has it. A
 * newer version is accepted: the previous release still works after each migration.
 */
class SchemaMigration {

	private static final Logger logger = LoggerFactory.getLogger(SchemaMigration.class);

	private final Flyway flyway;

	private final ConnectionSettings database;

	SchemaMigration(Flyway flyway, ConnectionSettings database) {
		this.flyway = flyway;
		this.database = database;
	}

	/**
	 * Brings the schema to the needed version and layout, or checks that it has them.
	 * @throws StartupException if it does not and may not be changed
	 */
	void reach(MigrationMode migration, Distribution distribution) {
		CitusLayout layout = new CitusLayout(this.flyway.getConfiguration().getDataSource(), this.database);
		if (migration == MigrationMode.NEVER) {
			requireCurrentVersion();
			layout.reach(distribution, false);
			return;
		}
		if (distribution == Distribution.NONE) {
			layout.reach(distribution, false);
		}
		MigrateResult result = this.flyway.migrate();
		if (distribution == Distribution.CITUS) {
			layout.reach(distribution, true);
		}
		if (migration == MigrationMode.ONLY) {
			logger.info("The database {} is at version {}; migrations run: {}", this.database,
					version(this.flyway.info().current()), result.migrationsExecuted);
		}
	}

	private void requireCurrentVersion() {
		MigrationInfoService info = this.flyway.info();
		MigrationInfo[] pending = info.pending();
		if (pending.length > 0) {
			throw new StartupException("The database " + this.database + " is at version " + version(info.current())
					+ ", this release needs " + version(pending[pending.length - 1]) + ": start it once with "
					+ MigrationMode.SETTING + "=only.");
		}
	}

	private static String version(@Nullable MigrationInfo migration) {
		return (migration != null) ? String.valueOf(migration.getVersion()) : "0";
	}

}
