package dev.latchkey.embedded;

import java.nio.file.Path;
import java.time.InstantSource;

import dev.latchkey.shared.Ids;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Wires what stands in for a database and an SMTP server where none is configured.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EmbeddedProperties.class)
class EmbeddedConfiguration {

	@Bean
	@Conditional(NoDatabaseUrl.class)
	EmbeddedDatabase embeddedDatabase(EmbeddedProperties properties, Environment environment) {
		new OneMachine(environment::getProperty).require("embedded database", "latchkey.database.url");
		return EmbeddedDatabase.start(Path.of(properties.directory()), properties.port());
	}

	@Bean
	@Conditional(NoMailHost.class)
	LocalMailbox localMailbox(InstantSource time, Ids ids, Environment environment) {
		new OneMachine(environment::getProperty).require("local mailbox", "latchkey.mail.host");
		return new LocalMailbox(time, ids);
	}

}
