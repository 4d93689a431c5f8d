package dev.latchkey.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.latchkey.shared.StartupException;

/**
 * Creates the data directory (PostgreSQL calls it a cluster), its settings, and the
 * database in it.
 */
final class DataDirectory {

	private static final String SUPERUSER = "postgres";

	private static final String SETTINGS = "latchkey.conf";

	private DataDirectory() {
	}

	/**
	 * Creates the data directory if it does not exist, and writes its settings.
	 */
	static void prepare(EmbeddedFolder folder, PostgresBinaries binaries, int port) throws IOException {
		if (!Files.exists(folder.data())) {
			create(folder, binaries);
		}
		Files.writeString(folder.data().resolve(SETTINGS), settings(port));
	}

	/**
	 * Creates the data directory in a draft folder and then moves it, so that a crash
	 * leaves no incomplete directory. The server requires the password from its first
	 * start.
	 */
	private static void create(EmbeddedFolder folder, PostgresBinaries binaries) throws IOException {
		Path draft = folder.draft();
		PostgresBinaries.Outcome outcome = binaries.run("initdb", "-D", draft.toString(), "-U", SUPERUSER,
				"--auth=scram-sha-256", "--pwfile=" + folder.passwordFile(), "--encoding=UTF8", "--locale=C",
				"--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums");
		if (!outcome.successful()) {
			throw new StartupException("The embedded database can't be created: " + outcome.reason());
		}
		Files.writeString(draft.resolve("postgresql.conf"), "\ninclude '" + SETTINGS + "'\n",
				StandardOpenOption.APPEND);
		folder.finish(draft, folder.data());
	}

	/**
	 * The settings that the service relies on; rewritten at each start. There is no
	 * socket in the file system, and the log contains no statements, so no personal data.
	 */
	private static String settings(int port) {
		return """
				listen_addresses = '127.0.0.1'
				port = %d
				unix_socket_directories = ''
				fsync = on
				synchronous_commit = on
				full_page_writes = on
				max_connections = 100
				shared_buffers = 256MB
				timezone = 'UTC'
				log_timezone = 'UTC'
				log_min_messages = log
				log_checkpoints = off
				""".formatted(port);
	}

	/**
	 * Creates the role and the database of the service if they do not exist. The role
	 * owns its database and has no other rights.
	 */
	static void createDatabase(int port, String password) throws SQLException {
		String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable";
		try (Connection connection = DriverManager.getConnection(url, SUPERUSER, password);
				Statement statement = connection.createStatement()) {
			if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + EmbeddedDatabase.NAME + "'")) {
				statement.execute("CREATE ROLE " + EmbeddedDatabase.NAME + " LOGIN PASSWORD '" + password + "'");
			}
			if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + EmbeddedDatabase.NAME + "'")) {
				statement.execute("CREATE DATABASE " + EmbeddedDatabase.NAME + " OWNER " + EmbeddedDatabase.NAME);
			}
		}
	}

	private static boolean exists(Statement statement, String query) throws SQLException {
		try (ResultSet rows = statement.executeQuery(query)) {
			return rows.next();
		}
	}

}
