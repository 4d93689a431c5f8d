package dev.latchkey.user;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.latchkey.language.Languages;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.linktoken.MailedLinks;
import dev.latchkey.mail.Outbox;
import dev.latchkey.observability.LimitCounter;
import dev.latchkey.ratelimit.AddressRateLimiter;
import dev.latchkey.ratelimit.RateLimiter;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;
import dev.latchkey.shared.IdGenerator;
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
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Wires users, passwords and sign-up.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UserProperties.class)
class UserConfiguration {

	@Bean
	UserStore userStore(UserRepository repository, R2dbcEntityTemplate template) {
		return new R2dbcUserStore(repository, template);
	}

	@Bean
	Users users(UserStore store, IdGenerator ids) {
		return new Users(store, ids);
	}

	@Bean(destroyMethod = "shutdownNow")
	ExecutorService passwordThreads(UserProperties properties, MeterRegistry registry) {
		BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(properties.hashQueueCapacity());
		Gauge.builder("latchkey.hash.queue", queue, BlockingQueue::size)
			.description("Passwords that wait to be hashed")
			.register(registry);
		CustomizableThreadFactory factory = new CustomizableThreadFactory("password-");
		factory.setDaemon(true);
		int cores = Runtime.getRuntime().availableProcessors();
		return new ThreadPoolExecutor(cores, cores, 0, TimeUnit.SECONDS, queue, factory);
	}

	@Bean
	HashingExecutor hashingExecutor(@Qualifier("passwordThreads") ExecutorService threads,
			ObservationRegistry observations, LimitCounter limits) {
		return new HashingExecutor(Schedulers.fromExecutorService(threads, "password"), observations, limits);
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
	}

	@Bean
	Passwords passwords(PasswordEncoder encoder, HashingExecutor executor) {
		return new Passwords(encoder, new CommonPasswords(), executor);
	}

	@Bean
	SignUpStore signUpStore(DatabaseClient database, UserProperties properties) {
		return new R2dbcSignUpStore(database, properties);
	}

	@Bean
	SignUpLimits signUpLimits(RateLimiter rateLimiter, AddressRateLimiter addressRateLimiter,
			UserProperties properties) {
		return new SignUpLimits(rateLimiter, addressRateLimiter, properties);
	}

	@Bean
	SignUpRequests signUpRequests(SignUpStore store, Outbox outbox, TransactionalOperator transaction,
			SignUpLimits limits, IdGenerator ids) {
		return new SignUpRequests(store, outbox, transaction, limits, ids);
	}

	@Bean
	SignUpConfirmation signUpConfirmation(SignUpStore store, LinkTokens tokens, Users users, Passwords passwords,
			TransactionalOperator transaction, SignUpLimits limits) {
		return new SignUpConfirmation(store, tokens, users, passwords, transaction, limits);
	}

	@Bean
	SignUpMail signUpMail(SignUpStore store, Users users, MailedLinks links, Languages languages) {
		return new SignUpMail(store, users, links, languages);
	}

	@Bean
	PurgeTask signUpPurge(DatabaseClient database, RetentionProperties properties) {
		return SignUpPurge.task(database, properties);
	}

}
