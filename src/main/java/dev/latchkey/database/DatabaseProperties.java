package dev.latchkey.database;

import dev.latchkey.shared.SettingChecks;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Which database to use; without a URL, the embedded one.
 *
 * @param url {@code postgresql://host:port/name?parameters}, also behind {@code r2dbc:}
 * or {@code jdbc:}
 * @param username wins over the one in the URL
 * @param password wins over the one in the URL
 * @param poolSize how many connections this replica holds
 * @param migration when the schema is brought up to date
 * @param distribution whether its tables are spread over several machines
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
