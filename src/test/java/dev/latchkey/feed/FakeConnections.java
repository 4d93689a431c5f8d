package dev.latchkey.feed;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Connections to no server. They record their statements, and a test decides how the
 * server responds.
 */
class FakeConnections implements ConnectionFactory {

	private final List<FakeConnection> opened = new ArrayList<>();

	private @Nullable RuntimeException refusal;

	private Function<String, Mono<Long>> response = (sql) -> Mono.just(1L);

	/**
	 * Makes all further attempts to connect fail; null lets them succeed again.
	 */
	void refuse(@Nullable RuntimeException error) {
		this.refusal = error;
	}

	/**
	 * Determines the result of statements by their text.
	 */
	void respond(Function<String, Mono<Long>> statements) {
		this.response = statements;
	}

	List<FakeConnection> opened() {
		return this.opened;
	}

	/**
	 * The connection that was opened last.
	 */
	FakeConnection current() {
		return this.opened.get(this.opened.size() - 1);
	}

	@Override
	public Publisher<? extends Connection> create() {
		return Mono.defer(() -> {
			if (this.refusal != null) {
				return Mono.error(this.refusal);
			}
			FakeConnection connection = new FakeConnection(this);
			this.opened.add(connection);
			return Mono.just(connection.proxy());
		});
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return () -> "PostgreSQL";
	}

	/**
	 * Implements the methods of an interface that a test needs; all others fail.
	 */
	private static <T> T stub(Class<T> type, InvocationHandler methods) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, methods));
	}

	/**
	 * One connection.
	 */
	static final class FakeConnection {

		private final FakeConnections factory;

		private final List<String> statements = new ArrayList<>();

		private final Sinks.Many<Notification> notifications = Sinks.many().multicast().directBestEffort();

		private boolean closed;

		FakeConnection(FakeConnections factory) {
			this.factory = factory;
		}

		/**
		 * The executed statements, each followed by its parameters.
		 */
		List<String> statements() {
			return this.statements;
		}

		/**
		 * The payloads of the notifications that were sent.
		 */
		List<String> payloads() {
			String prefix = "select pg_notify($1, $2) latchkey_feed ";
			return this.statements.stream()
				.filter((statement) -> statement.startsWith(prefix))
				.map((statement) -> statement.substring(prefix.length()))
				.toList();
		}

		boolean isClosed() {
			return this.closed;
		}

		void receive(@Nullable String payload) {
			this.notifications.tryEmitNext(notification(payload));
		}

		/**
		 * Ends the connection as the server does when it shuts down.
		 */
		void end() {
			this.notifications.tryEmitComplete();
		}

		private PostgresqlConnection proxy() {
			return stub(PostgresqlConnection.class, (proxy, method, arguments) -> switch (method.getName()) {
				case "createStatement" -> statement((String) arguments[0]);
				case "getNotifications" -> this.notifications.asFlux();
				case "close" -> Mono.fromRunnable(() -> this.closed = true);
				case "toString" -> "connection";
				default -> throw new UnsupportedOperationException(method.getName());
			});
		}

		private PostgresqlStatement statement(String sql) {
			StringBuilder text = new StringBuilder(sql);
			return stub(PostgresqlStatement.class, (proxy, method, arguments) -> switch (method.getName()) {
				case "bind" -> {
					text.append(' ').append(arguments[1]);
					yield proxy;
				}
				case "execute" -> Flux.defer(() -> {
					this.statements.add(text.toString());
					return Flux.just(result(sql));
				});
				default -> throw new UnsupportedOperationException(method.getName());
			});
		}

		private PostgresqlResult result(String sql) {
			return stub(PostgresqlResult.class, (proxy, method, arguments) -> {
				if (method.getName().equals("getRowsUpdated")) {
					return this.factory.response.apply(sql);
				}
				throw new UnsupportedOperationException(method.getName());
			});
		}

		private static Notification notification(@Nullable String payload) {
			return new Notification() {

				@Override
				public String getName() {
					return "latchkey_feed";
				}

				@Override
				public int getProcessId() {
					return 1;
				}

				@Override
				public @Nullable String getParameter() {
					return payload;
				}

			};
		}

	}

}
