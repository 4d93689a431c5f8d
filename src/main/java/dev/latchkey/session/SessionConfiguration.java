package dev.latchkey.session;

import dev.latchkey.language.Languages;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.linktoken.MailedLinks;
import dev.latchkey.mail.Outbox;
import dev.latchkey.outage.Outages;
import dev.latchkey.ratelimit.AddressRateLimiter;
import dev.latchkey.ratelimit.RateLimiter;
import dev.latchkey.reactive.PeriodicTask;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.Users;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Wires sessions and password resets.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionProperties.class)
class SessionConfiguration {

	@Bean
	SessionStore sessionStore(DatabaseClient database, SessionProperties properties) {
		return new R2dbcSessionStore(database, properties);
	}

	@Bean
	SessionEndings sessionEndings(SessionStore store) {
		return new SessionEndings(store);
	}

	@Bean
	PeriodicTask sessionEndingsTask(SessionEndings endings, SessionProperties properties, Outages outages) {
		return PeriodicTask.startingAfterOnePeriod(outages.ofRounds("The poll for ended sessions"),
				properties.pollInterval(), Schedulers.parallel(), endings::poll);
	}

	@Bean
	Sessions sessions(SessionStore store, SessionEndings endings, IdGenerator ids, SessionProperties properties) {
		return new Sessions(store, endings, ids, properties);
	}

	@Bean
	SignInLimits signInLimits(RateLimiter rateLimiter, AddressRateLimiter addressRateLimiter,
			SessionProperties properties) {
		return new SignInLimits(rateLimiter, addressRateLimiter, properties);
	}

	@Bean
	SignIn signIn(Users users, Passwords passwords, Sessions sessions, SignInLimits limits) {
		return new SignIn(users, passwords, sessions, limits);
	}

	@Bean
	PasswordResetStore passwordResetStore(DatabaseClient database, SessionProperties properties) {
		return new R2dbcPasswordResetStore(database, properties.passwordResetValidity());
	}

	@Bean
	PasswordResetLimits passwordResetLimits(RateLimiter rateLimiter, AddressRateLimiter addressRateLimiter,
			SessionProperties properties) {
		return new PasswordResetLimits(rateLimiter, addressRateLimiter, properties);
	}

	@Bean
	PasswordResetRequests passwordResetRequests(PasswordResetStore store, Users users, Outbox outbox,
			TransactionalOperator transaction, PasswordResetLimits limits, IdGenerator ids) {
		return new PasswordResetRequests(store, users, outbox, transaction, limits, ids);
	}

	@Bean
	PasswordResetConfirmation passwordResetConfirmation(PasswordResetStore store, LinkTokens tokens, Users users,
			Passwords passwords, Sessions sessions, TransactionalOperator transaction, SignInLimits limits) {
		return new PasswordResetConfirmation(store, tokens, users, passwords, sessions, transaction, limits);
	}

	@Bean
	PasswordResetMail passwordResetMail(PasswordResetStore store, Users users, MailedLinks links, Languages languages) {
		return new PasswordResetMail(store, users, links, languages);
	}

	@Bean
	PurgeTask sessionPurge(DatabaseClient database, RetentionProperties properties) {
		return SessionPurges.sessions(database, properties);
	}

	@Bean
	PurgeTask sessionEndPurge(DatabaseClient database, RetentionProperties properties) {
		return SessionPurges.sessionEnds(database, properties);
	}

	@Bean
	PurgeTask passwordResetPurge(DatabaseClient database, RetentionProperties properties) {
		return SessionPurges.passwordResets(database, properties);
	}

}
