package dev.latchkey;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * What the migration connects with. It is both kinds of details in one bean: the
 * migration is set up only if there are JDBC details, and then asks for its own.
 */
final class MigrationConnection implements FlywayConnectionDetails, JdbcConnectionDetails {

	private final DatabaseAccess access;

	MigrationConnection(DatabaseAccess access) {
		this.access = access;
	}

	@Override
	public String getUsername() {
		return this.access.username();
	}

	@Override
	public @Nullable String getPassword() {
		return this.access.password();
	}

	@Override
	public String getJdbcUrl() {
		return this.access.jdbcUrl();
	}

	@Override
	public String getDriverClassName() {
		return "org.postgresql.Driver";
	}

}
