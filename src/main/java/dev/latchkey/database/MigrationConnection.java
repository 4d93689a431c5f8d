package dev.latchkey.database;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The connection of the migration. It implements both interfaces because Spring Boot
 * configures Flyway only if there are JDBC details, and then reads the Flyway details.
 */
final class MigrationConnection implements FlywayConnectionDetails, JdbcConnectionDetails {

	private final ConnectionSettings connection;

	MigrationConnection(ConnectionSettings connection) {
		this.connection = connection;
	}

	@Override
	public String getUsername() {
		return this.connection.username();
	}

	@Override
	public @Nullable String getPassword() {
		return this.connection.password();
	}

	@Override
	public String getJdbcUrl() {
		return this.connection.jdbcUrl();
	}

	@Override
	public String getDriverClassName() {
		return "org.postgresql.Driver";
	}

}
