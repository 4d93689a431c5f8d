package dev.latchkey.database;

import dev.latchkey.shared.SettingChecks;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Settings of the database. Without a URL, the embedded database is used.
 *
 * @param url {@code postgresql://host:port/name?parameters}, also with the prefix
 * {@code r2dbc:} or {@code jdbc:}
 * @param username overrides the one in the URL
 * @param password overrides the one in the URL
 * @param poolSize the number of connections of this replica
 * @param migration when the schema is migrated
 * @param distribution whether the tables are distributed over several machines
 */
@ConfigurationProperties("latchkey.database")
record DatabaseProperties(@Nullable String url, @Nullable String username, @Nullable String password,
		@DefaultValue("16") int poolSize, @DefaultValue("at-start") MigrationMode migration,
		@DefaultValue("none") Distribution distribution) {

	private static final int MAX_POOL_SIZE = 500;

	DatabaseProperties {
		url = StringUtils.hasText(url) ? url.strip() : null;
		username = StringUtils.hasText(username) ? username : null;
		password = StringUtils.hasLength(password) ? password : null;
		SettingChecks.requireBetween("latchkey.database.pool-size", poolSize, 1, MAX_POOL_SIZE);
	}

	@Override
	public String toString() {
		return "DatabaseProperties[poolSize=" + this.poolSize + "]";
	}

}
