package dev.latchkey;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;

/**
 * Starts Latchkey: the database with its migration, and unless that is all there is to
 * do, the service.
 */
@SpringBootConfiguration
@Import(DatabaseConfiguration.class)
@ImportAutoConfiguration(FlywayAutoConfiguration.class)
public class LatchkeyApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(LatchkeyApplication.class, arguments);
	}

	/**
	 * Everything that serves.
	 */
	@Conditional(Serving.class)
	@SpringBootApplication(exclude = ReactiveUserDetailsServiceAutoConfiguration.class, proxyBeanMethods = false)
	static class Everything {

	}

}
