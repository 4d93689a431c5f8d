package dev.latchkey.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

import dev.latchkey.shared.StartupException;

/**
 * Checks the database server once at start, so that a problem is reported in one sentence
 * and not by the first request.
 */
final class ServerCheck {

	private static final int OLDEST_VERSION = 15;

	private ServerCheck() {
	}

	/**
	 * Checks that the server can be reached, accepts the credentials and is not too old.
	 * @throws StartupException if not
	 */
	static void check(ConnectionSettings settings) {
		try (Connection connection = DriverManager.getConnection(settings.jdbcUrl(), credentials(settings))) {
			requireVersion(connection.getMetaData().getDatabaseMajorVersion(), settings);
		}
		catch (SQLException ex) {
			throw new StartupException("The database " + settings + " can't be used: " + reason(ex), ex);
		}
	}

	static void requireVersion(int version, ConnectionSettings settings) {
		if (version < OLDEST_VERSION) {
			throw new StartupException("The database " + settings + " is PostgreSQL " + version + "; " + OLDEST_VERSION
					+ " or newer is needed.");
		}
	}

	private static Properties credentials(ConnectionSettings settings) {
		Properties credentials = new Properties();
		credentials.setProperty("user", settings.username());
		String password = settings.password();
		if (password != null) {
			credentials.setProperty("password", password);
		}
		return credentials;
	}

	/**
	 * The first line of the message of an exception.
	 */
	static String reason(SQLException ex) {
		return Objects.requireNonNullElse(ex.getMessage(), "no reason was given").lines().findFirst().orElse("");
	}

}
