package dev.latchkey.database;

import java.util.Map;
import java.util.Optional;

import dev.latchkey.embedded.EmbeddedDatabase;
import dev.latchkey.shared.StartupException;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Selects the configured or the embedded database. Spring Boot configures the pool and
 * the migration.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
public class DatabaseConfiguration {

	@Bean
	ConnectionSettings connectionSettings(DatabaseProperties properties, Optional<EmbeddedDatabase> embedded) {
		String url = properties.url();
		if (url == null) {
			return embedded.map(DatabaseConfiguration::settingsOf)
				.orElseThrow(() -> new StartupException("No database: set latchkey.database.url."));
		}
		ConnectionSettings connection = DatabaseUrl.parse(url, properties.username(), properties.password());
		ServerCheck.check(connection);
		return connection;
	}

	@Bean
	R2dbcConnectionDetails r2dbcConnectionDetails(ConnectionSettings connection) {
		return connection::r2dbcOptions;
	}

	@Bean
	MigrationConnection migrationConnection(ConnectionSettings connection) {
		return new MigrationConnection(connection);
	}

	@Bean
	FlywayMigrationStrategy migrationStrategy(DatabaseProperties properties, ConnectionSettings connection) {
		return (flyway) -> new SchemaMigration(flyway, connection).reach(properties.migration(),
				properties.distribution());
	}

	private static ConnectionSettings settingsOf(EmbeddedDatabase embedded) {
		return new ConnectionSettings(embedded.host(), embedded.port(), EmbeddedDatabase.NAME, EmbeddedDatabase.NAME,
				embedded.password(),
				Map.of(UrlParameter.SSL_MODE, "disable", UrlParameter.APPLICATION_NAME, "latchkey"));
	}

}
