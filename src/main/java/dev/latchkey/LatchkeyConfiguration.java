package dev.latchkey;

import java.time.InstantSource;
import java.util.Optional;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.latchkey.account.Accounts;
import dev.latchkey.database.ConnectionSettings;
import dev.latchkey.embedded.EmbeddedDatabase;
import dev.latchkey.mail.MailProperties;
import dev.latchkey.outage.Outages;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.PublicUrl;
import dev.latchkey.shared.StartupException;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.Users;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Wires what all features share: the clock, the log of outages, the ids and the public
 * URL, and what runs after the start.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LatchkeyProperties.class)
class LatchkeyConfiguration {

	@Bean
	InstantSource clock() {
		return InstantSource.system();
	}

	@Bean
	Outages outages(InstantSource clock) {
		return new Outages(clock);
	}

	@Bean
	IdGenerator ids() {
		TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();
		return generator::generate;
	}

	@Bean
	PublicUrl publicUrl(LatchkeyProperties properties, Optional<EmbeddedDatabase> embedded, Environment environment) {
		String baseUrl = properties.baseUrl();
		if (baseUrl != null && !baseUrl.isBlank()) {
			return PublicUrl.of(baseUrl);
		}
		if (embedded.isEmpty()) {
			throw new StartupException(
					"No public address: set latchkey.base-url to the URL at which users reach this service.");
		}
		return PublicUrl.of(localUrl(environment));
	}

	@Bean
	@Order(1)
	ApplicationRunner startupSummary(ConnectionSettings database, MailProperties mail, PublicUrl publicUrl,
			Optional<EmbeddedDatabase> embedded, Environment environment) {
		return new StartupSummary(database, mail, publicUrl, embedded.isPresent(), localUrl(environment));
	}

	@Bean
	@Order(2)
	ApplicationRunner demoAccount(Optional<EmbeddedDatabase> embedded, DatabaseClient database, Users users,
			Passwords passwords, Accounts accounts) {
		return (arguments) -> {
			if (embedded.isPresent()) {
				new DemoAccount(database, users, passwords, accounts).createOnFirstStart();
			}
		};
	}

	private static String localUrl(Environment environment) {
		return "http://localhost:" + environment.getProperty("server.port", "8080")
				+ environment.getProperty("spring.webflux.base-path", "");
	}

}
