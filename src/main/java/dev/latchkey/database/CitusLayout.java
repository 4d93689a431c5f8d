package dev.latchkey.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import dev.latchkey.shared.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distributes the tables over the machines of a Citus cluster, and then the functions of
 * the commands, or checks that the tables are distributed. Each table is distributed
 * once, in its own transaction, so an interrupted run can continue.
 */
class CitusLayout {

	private static final Logger logger = LoggerFactory.getLogger(CitusLayout.class);

	/** Replicas that start at the same time wait for each other. */
	private static final String ADVISORY_LOCK = "select pg_advisory_lock(hashtext('latchkey distribution'))";

	private static final String ADVISORY_UNLOCK = "select pg_advisory_unlock(hashtext('latchkey distribution'))";

	private final DataSource source;

	private final ConnectionSettings database;

	CitusLayout(DataSource source, ConnectionSettings database) {
		this.source = source;
		this.database = database;
	}

	/**
	 * Brings the database to the wanted layout, or checks that it has it.
	 * @param mayChange whether tables may be distributed now
	 * @throws StartupException if it has another layout that cannot or may not be changed
	 */
	void reach(Distribution wanted, boolean mayChange) {
		try (Connection connection = this.source.getConnection(); Statement statement = connection.createStatement()) {
			if (wanted == Distribution.NONE) {
				requireNotDistributed(statement);
			}
			else if (mayChange) {
				distribute(statement);
			}
			else {
				requireDistributed(statement);
			}
		}
		catch (SQLException ex) {
			throw new StartupException("The tables of the database " + this.database + " can't be distributed: "
					+ ServerCheck.reason(ex)
					+ "; tables that are already distributed are not affected, start again when the cause is fixed.",
					ex);
		}
	}

	private void distribute(Statement statement) throws SQLException {
		requireCitus(statement);
		statement.execute(ADVISORY_LOCK);
		try {
			List<TablePlacement> missing = missing(statement);
			for (TablePlacement placement : missing) {
				statement.execute(placement.statement());
			}
			removeLocalCopies(statement);
			CitusFunctions.distribute(statement);
			if (!missing.isEmpty()) {
				logger.info("Tables of the database {} distributed: {}", this.database, missing.size());
			}
		}
		finally {
			statement.execute(ADVISORY_UNLOCK);
		}
	}

	/**
	 * Removes the hidden copies of moved rows that stay on the coordinator: a constraint
	 * of a later migration would be checked against them. This runs after all tables are
	 * distributed, since a table can be emptied only when those that refer to it are
	 * distributed too.
	 */
	private static void removeLocalCopies(Statement statement) throws SQLException {
		for (TablePlacement placement : TablePlacement.ALL) {
			statement.execute("select truncate_local_data_after_distributing_table('" + placement.table()
					+ "') where pg_relation_size('" + placement.table() + "') > 0");
		}
	}

	private void requireCitus(Statement statement) throws SQLException {
		if (isTrue(statement, "select to_regproc('create_distributed_table') is not null")) {
			return;
		}
		try {
			statement.execute("create extension citus");
		}
		catch (SQLException ex) {
			throw new StartupException("The database " + this.database + " has no Citus, which " + Distribution.SETTING
					+ "=citus needs (" + ServerCheck.reason(ex)
					+ "): install it on its machines and, as a superuser, run \"create extension citus\" there.", ex);
		}
	}

	private void requireDistributed(Statement statement) throws SQLException {
		List<TablePlacement> missing = missing(statement);
		if (!missing.isEmpty()) {
			throw new StartupException(
					"The database " + this.database + " has tables that are not distributed, such as "
							+ missing.get(0).table() + ": start it once with " + MigrationMode.SETTING + "=only.");
		}
	}

	/**
	 * Without the setting this release would work on a distributed database, but tables
	 * of a later release would stay on one machine.
	 */
	private void requireNotDistributed(Statement statement) throws SQLException {
		if (missing(statement).size() < TablePlacement.ALL.size()) {
			throw new StartupException("The tables of the database " + this.database + " are distributed: set "
					+ Distribution.SETTING + "=citus.");
		}
	}

	private static List<TablePlacement> missing(Statement statement) throws SQLException {
		Set<String> distributed = distributedTables(statement);
		return TablePlacement.ALL.stream().filter((placement) -> !distributed.contains(placement.table())).toList();
	}

	private static Set<String> distributedTables(Statement statement) throws SQLException {
		Set<String> tables = new HashSet<>();
		if (isTrue(statement, "select to_regclass('pg_dist_partition') is not null")) {
			try (ResultSet rows = statement.executeQuery("""
					select c.relname from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
					 where c.relnamespace = current_schema()::regnamespace
					""")) {
				while (rows.next()) {
					tables.add(rows.getString(1));
				}
			}
		}
		return tables;
	}

	private static boolean isTrue(Statement statement, String query) throws SQLException {
		try (ResultSet rows = statement.executeQuery(query)) {
			return rows.next() && rows.getBoolean(1);
		}
	}

}
