package dev.latchkey.feed;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.latchkey.reactive.Signal;
import dev.latchkey.shared.AccountId;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Carries "this account's log has grown" between replicas by LISTEN and NOTIFY, on one
 * connection of its own and outside of every writing transaction: a NOTIFY inside one
 * takes a database-wide lock at commit. What is said while a signal is under way is
 * gathered into the next one. A lost signal costs a poll's time, nothing else.
 */
class ReplicaNotifications {

	private static final Logger logger = LoggerFactory.getLogger(ReplicaNotifications.class);

	private static final String CHANNEL = "latchkey_feed";

	/** As many ids as fit into a payload of 8,000 bytes, with room to spare. */
	private static final int MOST = 150;

	private static final Duration BEAT = Duration.ofSeconds(2);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Pattern SEPARATOR = Pattern.compile(",");

	private final ConnectionFactory connections;

	private final AccountTails tails;

	private final Set<AccountId> untold = ConcurrentHashMap.newKeySet();

	private final Signal<Boolean> tellings = new Signal<>();

	ReplicaNotifications(ConnectionFactory connections, AccountTails tails) {
		this.connections = connections;
		this.tails = tails;
	}

	void tell(AccountId account) {
		if (this.untold.add(account)) {
			this.tellings.say(true);
		}
	}

	/**
	 * Keeps the line open until cancelled; whenever it was down, all tails look for what
	 * they have missed.
	 */
	Flux<Void> exchange() {
		return Flux
			.usingWhen(this.connections.create(), (connection) -> converse((PostgresqlConnection) connection),
					(connection) -> hangUp((PostgresqlConnection) connection))
			.doOnError((error) -> logger.warn("The line between replicas is down: {}", error.toString()))
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(PATIENCE).transientErrors(true))
			.repeat()
			.then()
			.flux();
	}

	/**
	 * Emits once when the line is open, so that the wait after the next fault is a short
	 * one again.
	 */
	private Flux<Boolean> converse(PostgresqlConnection connection) {
		Mono<Void> listen = connection.createStatement("listen " + CHANNEL)
			.execute()
			.flatMap(PostgresqlResult::getRowsUpdated)
			.then()
			.doOnSuccess((done) -> this.tails.wakeAll());
		Flux<Boolean> hear = connection.getNotifications()
			.doOnNext((notification) -> heard(notification.getParameter()))
			.thenMany(Flux.error(() -> new IllegalStateException("the server has hung up")));
		// First what was gathered while the line was down: tell() is silent about it.
		Flux<Boolean> speak = this.tellings.words()
			.startWith(true)
			.onBackpressureLatest()
			.concatMap((telling) -> tellGathered(connection).then(Mono.<Boolean>empty()), 1);
		return listen.thenReturn(true).concatWith(Flux.merge(hear, speak, heartbeat(connection)));
	}

	/**
	 * Proves that the line is not half open. It is part of the conversation: a line that
	 * dies under a statement can leave the driver silent on all the rest.
	 */
	private static Flux<Boolean> heartbeat(PostgresqlConnection connection) {
		return Flux.interval(BEAT)
			.onBackpressureDrop()
			.concatMap((tick) -> connection.createStatement("select 1")
				.execute()
				.flatMap(PostgresqlResult::getRowsUpdated)
				.then(Mono.<Boolean>empty())
				.timeout(PATIENCE), 1);
	}

	private Mono<Void> hangUp(PostgresqlConnection connection) {
		return connection.close().timeout(PATIENCE).onErrorComplete();
	}

	private void heard(@Nullable String payload) {
		if (payload != null) {
			SEPARATOR.splitAsStream(payload).map(UUID::fromString).map(AccountId::new).forEach(this.tails::wake);
		}
	}

	private Mono<Void> tellGathered(PostgresqlConnection connection) {
		return Mono.defer(() -> {
			AccountId[] accounts = this.untold.stream().limit(MOST).toArray(AccountId[]::new);
			Arrays.asList(accounts).forEach(this.untold::remove);
			return (accounts.length == 0) ? Mono.<Void>empty() : notify(connection, accounts);
		}).repeat(() -> !this.untold.isEmpty()).then();
	}

	private static Mono<Void> notify(PostgresqlConnection connection, AccountId[] accounts) {
		String payload = Arrays.stream(accounts).map(AccountId::toString).collect(Collectors.joining(","));
		return connection.createStatement("select pg_notify($1, $2)")
			.bind("$1", CHANNEL)
			.bind("$2", payload)
			.execute()
			.flatMap(PostgresqlResult::getRowsUpdated)
			.then();
	}

}
