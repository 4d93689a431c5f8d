package dev.latchkey.feed;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.latchkey.outage.Outages;
import dev.latchkey.outage.TaskFailures;
import dev.latchkey.reactive.Signal;
import dev.latchkey.shared.AccountId;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Notifies the other replicas that an account's log has new events, by LISTEN and NOTIFY
 * on a dedicated connection. The notifications are sent outside the transactions that
 * write, because a NOTIFY inside a transaction takes a database-wide lock at commit.
 * Accounts that are added while a notification is being sent are collected for the next
 * one. A lost notification only delays the event until the next poll.
 */
class ReplicaNotifications {

	private static final String CHANNEL = "latchkey_feed";

	/** This many ids fit well into a payload, which is limited to 8,000 bytes. */
	private static final int MAX_ACCOUNTS = 150;

	private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(2);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Duration MIN_RECONNECT_DELAY = Duration.ofMillis(200);

	private static final Duration MAX_RECONNECT_DELAY = Duration.ofSeconds(5);

	private static final Pattern SEPARATOR = Pattern.compile(",");

	private final ConnectionFactory connections;

	private final AccountTails tails;

	private final TaskFailures failures;

	private final Set<AccountId> unsent = ConcurrentHashMap.newKeySet();

	private final Signal<Boolean> sendSignal = new Signal<>();

	ReplicaNotifications(ConnectionFactory connections, AccountTails tails, Outages outages) {
		this.connections = connections;
		this.tails = tails;
		this.failures = outages.ofRounds("The connection for notifications");
	}

	/**
	 * Sends a notification for an account soon. Never fails and never blocks.
	 */
	void send(AccountId account) {
		if (this.unsent.add(account)) {
			this.sendSignal.emit(true);
		}
	}

	/**
	 * Sends and receives notifications until cancelled. Reconnects when the connection is
	 * lost; after every connect all tails read on, because they may have missed
	 * notifications.
	 */
	Flux<Void> exchange() {
		return Flux
			.usingWhen(this.connections.create(), (connection) -> exchange((PostgresqlConnection) connection),
					(connection) -> close((PostgresqlConnection) connection))
			.doOnError(this.failures::failed)
			.retryWhen(Retry.backoff(Long.MAX_VALUE, MIN_RECONNECT_DELAY)
				.maxBackoff(MAX_RECONNECT_DELAY)
				.transientErrors(true))
			.repeat()
			.then()
			.flux();
	}

	/**
	 * Emits once when the connection listens, so that the backoff starts again with its
	 * shortest delay after the next fault.
	 */
	private Flux<Boolean> exchange(PostgresqlConnection connection) {
		Mono<Void> listen = connection.createStatement("listen " + CHANNEL)
			.execute()
			.flatMap(PostgresqlResult::getRowsUpdated)
			.then()
			.doOnSuccess((done) -> {
				this.failures.succeeded();
				this.tails.wakeAll();
			});
		Flux<Boolean> receive = connection.getNotifications()
			.doOnNext((notification) -> wakeTails(notification.getParameter()))
			.thenMany(Flux.error(() -> lost("The server has closed the connection for notifications")));
		// Starts with the accounts that were added while there was no connection:
		// send() emits no second signal for them.
		Flux<Boolean> send = this.sendSignal.asFlux()
			.startWith(true)
			.onBackpressureLatest()
			.concatMap((signal) -> sendAll(connection).then(Mono.<Boolean>empty()), 1);
		return listen.thenReturn(true).concatWith(Flux.merge(receive, send, heartbeat(connection)));
	}

	/**
	 * Detects a half-open connection. It is merged with the rest, because the driver may
	 * report a connection that is lost during a statement to that statement only.
	 */
	private static Flux<Boolean> heartbeat(PostgresqlConnection connection) {
		return Flux.interval(HEARTBEAT_INTERVAL)
			.onBackpressureDrop()
			.concatMap((tick) -> connection.createStatement("select 1")
				.execute()
				.flatMap(PostgresqlResult::getRowsUpdated)
				.then(Mono.<Boolean>empty())
				.timeout(TIMEOUT)
				.onErrorMap(TimeoutException.class, (late) -> lost("No response on the connection for notifications")),
					1);
	}

	private static R2dbcException lost(String reason) {
		return new R2dbcNonTransientResourceException(reason);
	}

	private Mono<Void> close(PostgresqlConnection connection) {
		return connection.close().timeout(TIMEOUT).onErrorComplete();
	}

	private void wakeTails(@Nullable String payload) {
		if (payload != null) {
			SEPARATOR.splitAsStream(payload).map(UUID::fromString).map(AccountId::new).forEach(this.tails::wake);
		}
	}

	private Mono<Void> sendAll(PostgresqlConnection connection) {
		return Mono.defer(() -> {
			AccountId[] accounts = this.unsent.stream().limit(MAX_ACCOUNTS).toArray(AccountId[]::new);
			Arrays.asList(accounts).forEach(this.unsent::remove);
			return (accounts.length == 0) ? Mono.<Void>empty() : send(connection, accounts);
		}).repeat(() -> !this.unsent.isEmpty()).then();
	}

	private static Mono<Void> send(PostgresqlConnection connection, AccountId[] accounts) {
		String payload = Arrays.stream(accounts).map(AccountId::toString).collect(Collectors.joining(","));
		return connection.createStatement("select pg_notify($1, $2)")
			.bind("$1", CHANNEL)
			.bind("$2", payload)
			.execute()
			.flatMap(PostgresqlResult::getRowsUpdated)
			.then();
	}

}
