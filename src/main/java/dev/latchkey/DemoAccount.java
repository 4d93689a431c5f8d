package dev.latchkey;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.account.Accounts;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.SessionId;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.User;
import dev.latchkey.user.Users;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Creates an owner with an account on the first start with the embedded database, so that
 * a user can sign in at once. The password is random and is logged only once.
 */
class DemoAccount {

	private static final Logger logger = LoggerFactory.getLogger(DemoAccount.class);

	private static final EmailAddress OWNER = EmailAddress.of("owner@example.com");

	private final DatabaseClient database;

	private final Users users;

	private final Passwords passwords;

	private final Accounts accounts;

	DemoAccount(DatabaseClient database, Users users, Passwords passwords, Accounts accounts) {
		this.database = database;
		this.users = users;
		this.passwords = passwords;
		this.accounts = accounts;
	}

	/**
	 * Creates the account if the database has no users yet. Blocks until it is done,
	 * since no request may arrive earlier.
	 */
	void createOnFirstStart() {
		isFirstStart().filter((isFirst) -> isFirst).flatMap((isFirst) -> create()).block();
	}

	private Mono<Boolean> isFirstStart() {
		return this.database.sql("select not exists (select 1 from users) as first_start")
			.mapValue(Boolean.class)
			.one();
	}

	private Mono<User> create() {
		String password = randomPassword();
		return this.passwords.hash(password)
			.flatMap((hash) -> this.users.register(OWNER, "Demonstration Owner", hash, Locale.ENGLISH))
			.flatMap((user) -> this.accounts
				.create(caller(user), "Demonstration Account", Locale.ENGLISH, Optional.empty())
				.thenReturn(user))
			.doOnNext((user) -> logger.info("Sign in as {} with the password {} (shown only once)", OWNER, password));
	}

	private static Caller caller(User user) {
		SessionId noSession = new SessionId(new UUID(0, 0));
		return new Caller(user.userId(), noSession, user.address(), user.name(), Instant.MAX, Duration.ZERO);
	}

	private static String randomPassword() {
		byte[] bytes = new byte[12];
		new SecureRandom().nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
