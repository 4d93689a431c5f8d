package dev.latchkey.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import javax.sql.DataSource;

import dev.latchkey.shared.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layout that a database has on many machines, and the one that it should have. A
 * table is distributed once, each in a transaction of its own, so what was interrupted
 * goes on where it was.
 */
class CitusLayout {

	private static final Logger logger = LoggerFactory.getLogger(CitusLayout.class);

	/** Two replicas that start together distribute one after the other. */
	private static final String TURN = "pg_advisory_lock(hashtext('latchkey distribution'))";

	private final DataSource source;

	private final ConnectionSettings database;

	CitusLayout(DataSource source, ConnectionSettings database) {
		this.source = source;
		this.database = database;
	}

	/**
	 * Sees to it that the database is laid out as it should be.
	 * @param mayChange whether tables may be distributed now
	 * @throws StartupException if it isn't and can't be
	 */
	void reach(Distribution wanted, boolean mayChange) {
		try (Connection connection = this.source.getConnection(); Statement statement = connection.createStatement()) {
			if (wanted == Distribution.NONE) {
				refuseDistributed(statement);
			}
			else if (mayChange) {
				distribute(statement);
			}
			else {
				require(statement);
			}
		}
		catch (SQLException ex) {
			throw new StartupException("The tables of the database " + this.database + " can't be distributed: "
					+ reason(ex) + "; what is done stays, start again when that is mended.", ex);
		}
	}

	private void distribute(Statement statement) throws SQLException {
		requireCitus(statement);
		statement.execute("select " + TURN);
		try {
			List<TablePlacement> missing = missing(statement);
			for (TablePlacement placement : missing) {
				statement.execute(placement.statement());
			}
			forgetMovedRows(statement);
			if (!missing.isEmpty()) {
				logger.info("Tables of the database {} distributed: {}", this.database.place(), missing.size());
			}
		}
		finally {
			statement.execute("select " + TURN.replace("_lock", "_unlock"));
		}
	}

	/**
	 * What was in a table before lies on the coordinator still, out of sight; a later
	 * migration's constraint would be held against it. Done for all at once: a table can
	 * be emptied only when those that refer to it are distributed.
	 */
	private static void forgetMovedRows(Statement statement) throws SQLException {
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
					+ "=citus needs (" + reason(ex)
					+ "): install it on its machines and, as a superuser, run \"create extension citus\" there.", ex);
		}
	}

	private void require(Statement statement) throws SQLException {
		List<TablePlacement> missing = missing(statement);
		if (!missing.isEmpty()) {
			throw new StartupException(
					"The database " + this.database + " has tables that are not distributed, such as "
							+ missing.get(0).table() + ": start it once with " + MigrationMode.SETTING + "=only.");
		}
	}

	/**
	 * On a distributed database this release works as well without the setting, but the
	 * tables of the next would stay on one machine.
	 */
	private void refuseDistributed(Statement statement) throws SQLException {
		if (missing(statement).size() < TablePlacement.ALL.size()) {
			throw new StartupException("The tables of the database " + this.database + " are distributed: set "
					+ Distribution.SETTING + "=citus.");
		}
	}

	private static List<TablePlacement> missing(Statement statement) throws SQLException {
		Set<String> distributed = distributed(statement);
		return TablePlacement.ALL.stream().filter((placement) -> !distributed.contains(placement.table())).toList();
	}

	private static Set<String> distributed(Statement statement) throws SQLException {
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

	private static String reason(SQLException ex) {
		return Objects.requireNonNullElse(ex.getMessage(), "no reason was given").lines().findFirst().orElse("");
	}

}
