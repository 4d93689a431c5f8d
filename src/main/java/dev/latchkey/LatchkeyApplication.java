package dev.latchkey;

import dev.latchkey.account.Accounts;
import dev.latchkey.database.DatabaseConfiguration;
import dev.latchkey.database.ServesRequests;
import dev.latchkey.user.Users;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.r2dbc.repository.config.EnableR2dbcRepositories;

/**
 * Starts Latchkey: migrates the database and then runs the service. With the migration
 * mode {@code only}, the process ends after the migration.
 */
@SpringBootConfiguration
@Import(DatabaseConfiguration.class)
@ImportAutoConfiguration(FlywayAutoConfiguration.class)
public class LatchkeyApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(LatchkeyApplication.class, arguments);
	}

	/**
	 * Everything that serves requests. Only classes named {@code *Configuration} or
	 * {@code *Routes} are scanned: scanning all classes would take about 4% of the
	 * start-up time.
	 */
	@Conditional(ServesRequests.class)
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = ReactiveUserDetailsServiceAutoConfiguration.class)
	@ComponentScan(resourcePattern = "**/{name:.*(?:Configuration|Routes)}.class")
	@EnableR2dbcRepositories(basePackageClasses = { Accounts.class, Users.class })
	static class ServiceModules {

	}

}
