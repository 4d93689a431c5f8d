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
 * The version that the schema has, and the one that this release needs. A newer one is
 * fine: each migration leaves a schema on which the release before it still works.
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
	 * Sees to it that the schema is new enough, and lies where it should.
	 * @throws StartupException if it isn't and may not be changed
	 */
	void reach(MigrationMode migration, Distribution distribution) {
		CitusLayout layout = new CitusLayout(this.flyway.getConfiguration().getDataSource(), this.database);
		if (migration == MigrationMode.NEVER) {
			require();
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
			logger.info("The database {} is at version {}; migrations run: {}", this.database.place(),
					version(this.flyway.info().current()), result.migrationsExecuted);
		}
	}

	private void require() {
		MigrationInfoService known = this.flyway.info();
		MigrationInfo[] pending = known.pending();
		if (pending.length > 0) {
			throw new StartupException("The database " + this.database + " is at version " + version(known.current())
					+ ", this release needs " + version(pending[pending.length - 1]) + ": start it once with "
					+ MigrationMode.SETTING + "=only.");
		}
	}

	private static String version(@Nullable MigrationInfo info) {
		return (info != null) ? String.valueOf(info.getVersion()) : "0";
	}

}
