package dev.latchkey.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs single statements on an embedded database.
 */
final class Sql {

	private Sql() {
	}

	static Connection connect(EmbeddedDatabase database) throws SQLException {
		return connect(database, EmbeddedDatabase.NAME, database.password());
	}

	static Connection connect(EmbeddedDatabase database, String user, String password) throws SQLException {
		return DriverManager.getConnection(
				"jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + EmbeddedDatabase.NAME, user,
				password);
	}

	static void execute(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	static String query(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return String.valueOf(rows.getString(1));
		}
	}

}
