package dev.latchkey.embedded;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import dev.latchkey.linktoken.LinkKeys;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.shared.IdGenerator;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Wires the embedded database and the local mailbox, which are used if no database or
 * SMTP server is configured.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EmbeddedProperties.class)
class EmbeddedConfiguration {

	@Bean
	@Conditional(NoDatabaseUrl.class)
	EmbeddedDatabase embeddedDatabase(EmbeddedProperties properties, Environment environment) {
		new NotOnKubernetes(environment::getProperty).require("embedded database", "latchkey.database.url");
		return EmbeddedDatabase.start(Path.of(properties.directory()), properties.port());
	}

	/**
	 * The key of the links in mails. It is used if no key is configured.
	 */
	@Bean
	@Conditional(NoDatabaseUrl.class)
	LinkKeys defaultLinkKeys(EmbeddedDatabase database) {
		return new LinkKeys(List.of(LinkTokens.Key.of(0, database.tokenKey())));
	}

	@Bean
	@Conditional(NoMailHost.class)
	LocalMailbox localMailbox(InstantSource clock, IdGenerator ids, Environment environment) {
		new NotOnKubernetes(environment::getProperty).require("local mailbox", "latchkey.mail.host");
		return new LocalMailbox(clock, ids);
	}

}
