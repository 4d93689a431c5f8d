package dev.latchkey.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

import dev.latchkey.shared.StartupException;

/**
 * The server behind the access, asked once at start, so that what is wrong with it is
 * said in a sentence rather than by the first request.
 */
final class ServerCheck {

	private static final int OLDEST_VERSION = 15;

	private ServerCheck() {
	}

	/**
	 * Checks that the server answers, knows the user, and is not too old.
	 * @throws StartupException if not
	 */
	static void check(ConnectionSettings access) {
		try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), credentials(access))) {
			requireVersion(connection.getMetaData().getDatabaseMajorVersion(), access);
		}
		catch (SQLException ex) {
			throw new StartupException("The database " + access + " can't be used: " + reason(ex), ex);
		}
	}

	static void requireVersion(int version, ConnectionSettings access) {
		if (version < OLDEST_VERSION) {
			throw new StartupException("The database " + access + " is PostgreSQL " + version + "; " + OLDEST_VERSION
					+ " or newer is needed.");
		}
	}

	private static Properties credentials(ConnectionSettings access) {
		Properties credentials = new Properties();
		credentials.setProperty("user", access.username());
		String password = access.password();
		if (password != null) {
			credentials.setProperty("password", password);
		}
		return credentials;
	}

	private static String reason(SQLException ex) {
		return Objects.requireNonNullElse(ex.getMessage(), "no reason was given").lines().findFirst().orElse("");
	}

}
