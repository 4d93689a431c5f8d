package dev.latchkey.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Statement;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import org.springframework.util.ClassUtils;

/**
 * Records every statement that a service sends to its database, as the driver receives
 * it, with its parameters and its transaction.
 */
public final class StatementRecorder implements ConnectionFactoryDecorator {

	private final Queue<Recorded> statements = new ConcurrentLinkedQueue<>();

	private final AtomicLong transactions = new AtomicLong();

	@Override
	public ConnectionFactory decorate(ConnectionFactory delegate) {
		return new ConnectionFactory() {

			@Override
			public Publisher<? extends Connection> create() {
				return Mono.from(delegate.create())
					.map((connection) -> proxy(connection, new ConnectionHandler(connection)));
			}

			@Override
			public ConnectionFactoryMetadata getMetadata() {
				return delegate.getMetadata();
			}

		};
	}

	public List<Recorded> statements() {
		return List.copyOf(this.statements);
	}

	/**
	 * Returns, for each transaction, which of the given ids its statements contain. A
	 * statement outside of a transaction counts as a transaction of its own.
	 * @param ids the ids to look for
	 * @param ignored matches the text of statements that are left out
	 */
	public Collection<Set<Object>> idsByTransaction(Set<Object> ids, Predicate<String> ignored) {
		Map<Long, Set<Object>> found = new TreeMap<>();
		for (Recorded statement : this.statements) {
			if (!ignored.test(statement.text())) {
				Set<Object> ofTransaction = found.computeIfAbsent(statement.transaction(), (first) -> new HashSet<>());
				statement.values().filter(ids::contains).forEach(ofTransaction::add);
			}
		}
		return found.values();
	}

	@SuppressWarnings("unchecked")
	private static <T> T proxy(T target, InvocationHandler handler) {
		return (T) Proxy.newProxyInstance(StatementRecorder.class.getClassLoader(), ClassUtils.getAllInterfaces(target),
				handler);
	}

	private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/**
	 * A recorded statement.
	 *
	 * @param parameters by index, null if the parameter was bound as null
	 * @param transaction the number of the transaction
	 */
	public record Recorded(String text, Map<Integer, @Nullable Object> parameters, long transaction) {

		Stream<Object> values() {
			return this.parameters.values()
				.stream()
				.filter(Objects::nonNull)
				.flatMap((value) -> (value instanceof UUID[] ids) ? Arrays.stream(ids) : Stream.of(value));
		}

	}

	private final class ConnectionHandler implements InvocationHandler {

		private final Connection connection;

		private volatile long transaction;

		ConnectionHandler(Connection connection) {
			this.connection = connection;
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
			switch (method.getName()) {
				case "beginTransaction" -> this.transaction = StatementRecorder.this.transactions.incrementAndGet();
				case "commitTransaction", "rollbackTransaction" -> this.transaction = 0;
				default -> {
				}
			}
			Object result = call(this.connection, method, arguments);
			return (result instanceof Statement statement && arguments != null)
					? proxy(statement, new StatementHandler(statement, (String) arguments[0], this)) : result;
		}

		long currentTransaction() {
			return (this.transaction != 0) ? this.transaction : StatementRecorder.this.transactions.incrementAndGet();
		}

	}

	private final class StatementHandler implements InvocationHandler {

		private final Statement statement;

		private final String text;

		private final ConnectionHandler connection;

		private final Map<Integer, @Nullable Object> parameters = new TreeMap<>();

		StatementHandler(Statement statement, String text, ConnectionHandler connection) {
			this.statement = statement;
			this.text = text;
			this.connection = connection;
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
			if (arguments != null && method.getName().startsWith("bind")) {
				this.parameters.put(index(arguments[0]), method.getName().equals("bind") ? value(arguments[1]) : null);
			}
			if (method.getName().equals("execute")) {
				StatementRecorder.this.statements
					.add(new Recorded(this.text, new TreeMap<>(this.parameters), this.connection.currentTransaction()));
			}
			Object result = call(this.statement, method, arguments);
			return (result == this.statement) ? proxy : result;
		}

		private static @Nullable Object value(Object argument) {
			return (argument instanceof Parameter parameter) ? parameter.getValue() : argument;
		}

		private static int index(Object name) {
			return (name instanceof Integer index) ? index : Integer.parseInt(String.valueOf(name).substring(1)) - 1;
		}

	}

}
