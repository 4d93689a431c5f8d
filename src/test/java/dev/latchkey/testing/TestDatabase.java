package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.latchkey.embedded.EmbeddedDatabase;
import dev.latchkey.embedded.UnpackedPostgres;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * A new, empty database. By default it is on the PostgreSQL server that all tests of a
 * JVM share: the embedded one, or the Debian package of the major version in the system
 * property {@code latchkey.test.postgres}.
 */
public final class TestDatabase {

	private static final String ROLE = EmbeddedDatabase.NAME;

	private static final AtomicInteger COUNT = new AtomicInteger();

	private static final List<Runnable> BEFORE_STOP = new CopyOnWriteArrayList<>();

	private static @Nullable EmbeddedDatabase server;

	private static @Nullable DebianPostgres debian;

	private final int port;

	private final String password;

	private final String name;

	private TestDatabase(int port, String password, String name) {
		this.port = port;
		this.password = password;
		this.name = name;
	}

	public static TestDatabase create() {
		FastRing.refuse("a database");
		Integer version = Integer.getInteger("latchkey.test.postgres");
		if (version != null) {
			return debian(version).createDatabase();
		}
		EmbeddedDatabase shared = server();
		return on(shared.port(), shared.password());
	}

	/**
	 * Creates a database on a server on the loopback address.
	 * @param password the password of the superuser; the role of the service gets the
	 * same
	 */
	public static TestDatabase on(int port, String password) {
		FastRing.refuse("a database");
		String name = "test_" + COUNT.incrementAndGet();
		try (Connection connection = DriverManager.getConnection(jdbcUrl(port, "postgres"), "postgres", password);
				Statement statement = connection.createStatement()) {
			if (!statement.executeQuery("select from pg_roles where rolname = '" + ROLE + "'").next()) {
				statement.execute("create role " + ROLE + " login password '" + password + "'");
			}
			statement.execute("create database " + name + " owner " + ROLE);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return new TestDatabase(port, password, name);
	}

	/**
	 * Runs an action at the end of the JVM, before the shared server stops, such as the
	 * end of a service that several classes use.
	 */
	public static void beforeStop(Runnable action) {
		BEFORE_STOP.add(action);
	}

	/**
	 * Returns the settings with which a service uses this database.
	 */
	public Map<String, String> settings() {
		return Map.of("latchkey.database.url", "postgresql://127.0.0.1:" + this.port + "/" + this.name,
				"latchkey.database.username", ROLE, "latchkey.database.password", this.password);
	}

	/**
	 * Opens a direct connection, for example to make rows older or to read tables.
	 */
	public Connection connect() {
		try {
			return DriverManager.getConnection(jdbcUrl(this.port, this.name), ROLE, this.password);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Runs a statement with {@code ?} parameters.
	 * @return the number of affected rows
	 */
	public int update(String sql, Object... parameters) {
		return run(sql, PreparedStatement::executeUpdate, parameters);
	}

	/**
	 * Makes all invitations of an account seven days older.
	 * @param address a LIKE pattern for the address, {@code %} for all invitations
	 * @return the number of invitations
	 */
	public int letSevenDaysPass(String account, String address) {
		return update("""
				update invitation set created_at = created_at - interval '7 days',
				       issued_at = issued_at - interval '7 days', expires_at = expires_at - interval '7 days'
				 where account_id = ?::uuid and email like ?""", account, address);
	}

	/**
	 * Reads rows, each as a map from column name to value, in column order.
	 */
	public List<Map<String, Object>> rows(String sql, Object... parameters) {
		return run(sql, TestDatabase::read, parameters);
	}

	/**
	 * Reads the number in the first column of the first row.
	 */
	public long number(String sql, Object... parameters) {
		return ((Number) rows(sql, parameters).get(0).values().iterator().next()).longValue();
	}

	private <T> T run(String sql, Action<T> action, Object... parameters) {
		try (PooledConnection pooled = PooledConnection.of(this);
				PreparedStatement statement = pooled.connection().prepareStatement(sql)) {
			bind(statement, parameters);
			return action.apply(statement);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<Map<String, Object>> read(PreparedStatement statement) throws SQLException {
		List<Map<String, Object>> rows = new ArrayList<>();
		try (ResultSet result = statement.executeQuery()) {
			while (result.next()) {
				Map<String, Object> row = new LinkedHashMap<>();
				for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
					row.put(result.getMetaData().getColumnLabel(column), result.getObject(column));
				}
				rows.add(row);
			}
		}
		return rows;
	}

	private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
		for (int index = 0; index < parameters.length; index++) {
			statement.setObject(index + 1, parameters[index]);
		}
	}

	private static synchronized DebianPostgres debian(int version) {
		DebianPostgres running = debian;
		if (running == null) {
			running = DebianPostgres.start(version);
			debian = running;
			atEndOfJvm(running::close);
		}
		return running;
	}

	private static synchronized EmbeddedDatabase server() {
		EmbeddedDatabase running = server;
		if (running == null) {
			running = start();
			server = running;
		}
		return running;
	}

	private static EmbeddedDatabase start() {
		try {
			Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "test-postgres-");
			EmbeddedDatabase database = EmbeddedDatabase.start(UnpackedPostgres.in(folder), 0);
			makeFast(database);
			atEndOfJvm(() -> stop(database, folder));
			return database;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void atEndOfJvm(Runnable stop) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				BEFORE_STOP.forEach(Runnable::run);
			}
			finally {
				stop.run();
			}
		}));
	}

	/**
	 * The data of the tests need not survive a crash of the machine, and without fsync a
	 * commit takes a tenth of a millisecond instead of two or more. A connection takes 10
	 * to 20 ms of computing less with passwords that are hashed once instead of 4096
	 * times.
	 */
	private static void makeFast(EmbeddedDatabase database) {
		try (Connection connection = DriverManager.getConnection(jdbcUrl(database.port(), "postgres"), "postgres",
				database.password()); Statement statement = connection.createStatement()) {
			statement.execute("alter system set fsync = off");
			statement.execute("select pg_reload_conf()");
			statement.execute("set scram_iterations = 1");
			for (String role : List.of("postgres", ROLE)) {
				statement.execute("alter role " + role + " password '" + database.password() + "'");
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void stop(EmbeddedDatabase database, Path folder) {
		database.close();
		try {
			FileSystemUtils.deleteRecursively(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String jdbcUrl(int port, String database) {
		return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable&prepareThreshold=0";
	}

	/**
	 * An action that uses a prepared statement.
	 */
	@FunctionalInterface
	private interface Action<T> {

		T apply(PreparedStatement statement) throws SQLException;

	}

	/**
	 * Reuses the last connection if it is to the same database and still valid, because
	 * connecting takes longer than most statements. Only one connection is kept for all
	 * databases, so that idle connections do not accumulate.
	 */
	private record PooledConnection(TestDatabase database, Connection connection) implements AutoCloseable {

		private static final AtomicReference<@Nullable PooledConnection> LAST = new AtomicReference<>();

		static PooledConnection of(TestDatabase database) throws SQLException {
			PooledConnection last = LAST.getAndSet(null);
			if (last != null && last.database == database && last.connection.isValid(1)) {
				return last;
			}
			if (last != null) {
				last.connection.close();
			}
			return new PooledConnection(database, database.connect());
		}

		@Override
		public void close() throws SQLException {
			PooledConnection other = LAST.getAndSet(this);
			if (other != null) {
				other.connection.close();
			}
		}

	}

}
