package dev.latchkey.user;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.latchkey.http.Throttle;
import dev.latchkey.language.Languages;
import dev.latchkey.mail.Links;
import dev.latchkey.mail.Outbox;
import dev.latchkey.metrics.LimitHits;
import dev.latchkey.shared.Ids;
import dev.latchkey.shared.LinkTokens;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Wires logins and sign-up.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UserProperties.class)
class UserConfiguration {

	@Bean
	Users users(UserRepository repository, R2dbcEntityTemplate template, Ids ids) {
		return new Users(repository, template, ids);
	}

	@Bean(destroyMethod = "shutdownNow")
	ExecutorService passwordThreads(UserProperties properties, MeterRegistry registry) {
		BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(properties.hashQueue());
		Gauge.builder("latchkey.hash.queue", queue, BlockingQueue::size)
			.description("Passwords that wait to be hashed")
			.register(registry);
		CustomizableThreadFactory factory = new CustomizableThreadFactory("password-");
		factory.setDaemon(true);
		int cores = Runtime.getRuntime().availableProcessors();
		return new ThreadPoolExecutor(cores, cores, 0, TimeUnit.SECONDS, queue, factory);
	}

	@Bean
	HashingThreads hashingThreads(@Qualifier("passwordThreads") ExecutorService threads,
			ObservationRegistry observations, LimitHits limits) {
		return new HashingThreads(Schedulers.fromExecutorService(threads, "password"), observations, limits);
	}

	@Bean
	Passwords passwords(HashingThreads threads) {
		return new Passwords(Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8(), new CommonPasswords(), threads);
	}

	@Bean
	SignUpRows signUpRows(DatabaseClient database, UserProperties properties) {
		return new SignUpRows(database, properties);
	}

	@Bean
	SignUpRequests signUpRequests(SignUpRows rows, Outbox outbox, TransactionalOperator transaction, Throttle throttle,
			UserProperties properties, Ids ids) {
		return new SignUpRequests(rows, outbox, transaction, throttle, properties, ids);
	}

	@Bean
	Verification verification(SignUpRows rows, LinkTokens tokens, Users users, Passwords passwords,
			TransactionalOperator transaction) {
		return new Verification(rows, tokens, users, passwords, transaction);
	}

	@Bean
	VerificationTopic verificationTopic(SignUpRows signUps, Users users, Links links, Languages languages) {
		return new VerificationTopic(signUps, users, links, languages);
	}

}
