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
 * What PostgreSQL calls a cluster: the data directory, its settings, and the database in
 * it.
 */
final class DataDirectory {

	private static final String SUPERUSER = "postgres";

	private static final String SETTINGS = "latchkey.conf";

	private DataDirectory() {
	}

	/**
	 * Makes the data directory unless it is there, and writes its settings.
	 */
	static void prepare(EmbeddedFolder folder, PostgresBinaries binaries, int port) throws IOException {
		if (!Files.exists(folder.data())) {
			initialise(folder, binaries);
		}
		Files.writeString(folder.data().resolve(SETTINGS), settings(port));
	}

	/**
	 * Makes the data directory. It asks for the password from its first moment on, and it
	 * appears whole or not at all, so a crash in between leaves nothing half-made.
	 */
	private static void initialise(EmbeddedFolder folder, PostgresBinaries binaries) throws IOException {
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
	 * What the service relies on; rewritten at each start. No socket in the file system,
	 * and the log tells of the server, never of the people in it.
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
	 * Makes the service's role and database unless they are there. The role owns its
	 * database and nothing else of the server.
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
