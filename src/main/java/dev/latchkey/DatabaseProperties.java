package dev.latchkey;

import dev.latchkey.shared.StartupFailure;
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
		@DefaultValue("16") int poolSize, @DefaultValue("at-start") Migration migration,
		@DefaultValue("none") Distribution distribution) {

	private static final int MAX_POOL_SIZE = 500;

	DatabaseProperties {
		url = StringUtils.hasText(url) ? url.strip() : null;
		username = StringUtils.hasText(username) ? username : null;
		password = StringUtils.hasLength(password) ? password : null;
		if (poolSize < 1 || poolSize > MAX_POOL_SIZE) {
			throw new StartupFailure("latchkey.database.pool-size is a number from 1 to " + MAX_POOL_SIZE + ".");
		}
	}

	@Override
	public String toString() {
		return "DatabaseProperties[poolSize=" + this.poolSize + "]";
	}

}
