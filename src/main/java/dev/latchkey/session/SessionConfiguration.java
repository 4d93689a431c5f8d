package dev.latchkey.session;

import dev.latchkey.http.Throttle;
import dev.latchkey.language.Languages;
import dev.latchkey.mail.Links;
import dev.latchkey.mail.Outbox;
import dev.latchkey.shared.Ids;
import dev.latchkey.shared.LinkTokens;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.Users;

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
	SessionRows sessionRows(DatabaseClient database, SessionProperties properties) {
		return new SessionRows(database, properties);
	}

	@Bean
	SessionEnds sessionEnds(SessionRows rows, SessionProperties properties) {
		return new SessionEnds(rows, properties.poll());
	}

	@Bean
	Sessions sessions(SessionRows rows, SessionEnds ends, Ids ids, SessionProperties properties) {
		return new Sessions(rows, ends, ids, properties);
	}

	@Bean
	SignIn signIn(Users users, Passwords passwords, Sessions sessions, Throttle throttle,
			SessionProperties properties) {
		return new SignIn(users, passwords, sessions, throttle, properties);
	}

	@Bean
	PasswordResetRows passwordResetRows(DatabaseClient database, SessionProperties properties) {
		return new PasswordResetRows(database, properties.resetValidity());
	}

	@Bean
	PasswordResetRequests passwordResetRequests(PasswordResetRows rows, Users users, Outbox outbox,
			TransactionalOperator transaction, Throttle throttle, SessionProperties properties, Ids ids) {
		return new PasswordResetRequests(rows, users, outbox, transaction, throttle, properties, ids);
	}

	@Bean
	PasswordReset passwordReset(PasswordResetRows rows, LinkTokens tokens, Users users, Passwords passwords,
			Sessions sessions, TransactionalOperator transaction) {
		return new PasswordReset(rows, tokens, users, passwords, sessions, transaction);
	}

	@Bean
	PasswordResetTopic passwordResetTopic(PasswordResetRows rows, Users users, Links links, Languages languages) {
		return new PasswordResetTopic(rows, users, links, languages);
	}

}
