package dev.latchkey;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.latchkey.account.Accounts;
import dev.latchkey.embedded.EmbeddedDatabase;
import dev.latchkey.mail.MailProperties;
import dev.latchkey.shared.Ids;
import dev.latchkey.shared.LinkKeys;
import dev.latchkey.shared.LinkTokens;
import dev.latchkey.shared.PublicAddress;
import dev.latchkey.shared.StartupFailure;
import dev.latchkey.signal.Departure;
import dev.latchkey.signal.LastWork;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.Users;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * What the features are given from outside: time, ids, the public address, the keys.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ LatchkeyProperties.class, ShutdownProperties.class })
class SystemConfiguration {

	@Bean
	InstantSource clock() {
		return InstantSource.system();
	}

	@Bean
	Ids ids() {
		TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();
		return generator::generate;
	}

	@Bean
	PublicAddress publicAddress(LatchkeyProperties properties, Optional<EmbeddedDatabase> embedded,
			Environment environment) {
		String baseUrl = properties.baseUrl();
		if (baseUrl != null && !baseUrl.isBlank()) {
			return PublicAddress.of(baseUrl);
		}
		if (embedded.isEmpty()) {
			throw new StartupFailure("No public address: set latchkey.base-url to where people reach this service.");
		}
		return PublicAddress.of(onThisMachine(environment));
	}

	@Bean(destroyMethod = "dispose")
	Scheduler secretsScheduler() {
		return Schedulers.newBoundedElastic(1, 1, "secrets");
	}

	@Bean
	Keyring keyring(LatchkeyProperties properties, Optional<EmbeddedDatabase> embedded, Environment environment,
			@Qualifier("secretsScheduler") Scheduler thread) {
		return new Keyring(linkKeys(properties, embedded), SecretFile.of(TokenKeys.SETTING, environment),
				properties.secretsPoll(), thread);
	}

	@Bean
	LinkTokens linkTokens(Keyring keyring) {
		return new LinkTokens(keyring);
	}

	@Bean
	Departure departure() {
		return new Departure();
	}

	@Bean
	ReplicaEnd replicaEnd(ApplicationContext context, Departure departure, List<LastWork> works,
			ShutdownProperties properties) {
		return new ReplicaEnd(context, departure, works, properties);
	}

	@Bean
	@Order(1)
	ApplicationRunner startReport(DatabaseAccess database, MailProperties mail, PublicAddress address,
			Optional<EmbeddedDatabase> embedded, Environment environment) {
		return new StartReport(database, mail, address, embedded.isPresent(), onThisMachine(environment));
	}

	@Bean
	@Order(2)
	ApplicationRunner demonstration(Optional<EmbeddedDatabase> embedded, DatabaseClient database, Users users,
			Passwords passwords, Accounts accounts) {
		return (arguments) -> {
			if (embedded.isPresent()) {
				new Demonstration(database, users, passwords, accounts).prepare();
			}
		};
	}

	private static LinkKeys linkKeys(LatchkeyProperties properties, Optional<EmbeddedDatabase> embedded) {
		List<String> keys = properties.tokenKeys();
		if (keys != null && !keys.isEmpty()) {
			return TokenKeys.parse(keys);
		}
		return embedded.map((database) -> new LinkKeys(List.of(LinkTokens.Key.of(0, database.tokenKey()))))
			.orElseThrow(() -> new StartupFailure(
					"No key for the links in mails: set latchkey.token-keys to 1: and 32 random bytes in base64."));
	}

	private static String onThisMachine(Environment environment) {
		return "http://localhost:" + environment.getProperty("server.port", "8080")
				+ environment.getProperty("spring.webflux.base-path", "");
	}

}
