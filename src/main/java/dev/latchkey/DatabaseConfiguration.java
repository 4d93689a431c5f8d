package dev.latchkey;

import java.util.Map;
import java.util.Optional;

import dev.latchkey.embedded.EmbeddedDatabase;
import dev.latchkey.shared.StartupFailure;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Says which database it is, the configured or the embedded one; the pool and the
 * migration are Spring Boot's own.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseConfiguration {

	@Bean
	DatabaseAccess databaseAccess(DatabaseProperties properties, Optional<EmbeddedDatabase> embedded) {
		String url = properties.url();
		if (url == null) {
			return embedded.map(DatabaseConfiguration::accessTo)
				.orElseThrow(() -> new StartupFailure("No database: set latchkey.database.url."));
		}
		DatabaseAccess access = DatabaseUrl.parse(url, properties.username(), properties.password());
		DatabaseServer.check(access);
		return access;
	}

	@Bean
	R2dbcConnectionDetails r2dbcConnectionDetails(DatabaseAccess access) {
		return access::r2dbcOptions;
	}

	@Bean
	MigrationConnection migrationConnection(DatabaseAccess access) {
		return new MigrationConnection(access);
	}

	@Bean
	FlywayMigrationStrategy migrationStrategy(DatabaseProperties properties, DatabaseAccess access) {
		return (flyway) -> new SchemaVersion(flyway, access).reach(properties.migration(), properties.distribution());
	}

	private static DatabaseAccess accessTo(EmbeddedDatabase embedded) {
		return new DatabaseAccess(embedded.host(), embedded.port(), EmbeddedDatabase.NAME, EmbeddedDatabase.NAME,
				embedded.password(),
				Map.of(DatabaseParameter.SSL_MODE, "disable", DatabaseParameter.APPLICATION_NAME, "latchkey"));
	}

}
