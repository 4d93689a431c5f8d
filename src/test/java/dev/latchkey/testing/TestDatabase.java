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
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.embedded.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * A fresh, empty database, usually on the one real PostgreSQL that all tests of a run
 * share: the embedded one, or Debian's of the major version in the system property
 * {@code latchkey.test.postgres}.
 */
public final class TestDatabase {

	private static final String ROLE = EmbeddedDatabase.NAME;

	private static final AtomicInteger COUNT = new AtomicInteger();

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
		Integer version = Integer.getInteger("latchkey.test.postgres");
		if (version != null) {
			return debian(version).createDatabase();
		}
		EmbeddedDatabase home = server();
		return on(home.port(), home.password());
	}

	/**
	 * Makes a database on some server on loopback.
	 * @param password the superuser's, which the service's role gets too
	 */
	public static TestDatabase on(int port, String password) {
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
	 * The settings that make a service use this database.
	 */
	public Map<String, String> settings() {
		return Map.of("latchkey.database.url", "postgresql://127.0.0.1:" + this.port + "/" + this.name,
				"latchkey.database.username", ROLE, "latchkey.database.password", this.password);
	}

	/**
	 * A connection past the service, to age rows and to look behind the scenes.
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
	 * @return how many rows it touched
	 */
	public int update(String sql, Object... parameters) {
		try (Connection connection = connect(); PreparedStatement statement = connection.prepareStatement(sql)) {
			bind(statement, parameters);
			return statement.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes all invitations of an account seven days older.
	 * @param address only the one to this address, or {@code %} for all
	 * @return how many there were
	 */
	public int letSevenDaysPass(String account, String address) {
		return update("""
				update invitation set created_at = created_at - interval '7 days',
				       issued_at = issued_at - interval '7 days', expires_at = expires_at - interval '7 days'
				 where account_id = ?::uuid and email like ?""", account, address);
	}

	/**
	 * Reads rows, each as its columns in order.
	 */
	public List<Map<String, Object>> rows(String sql, Object... parameters) {
		try (Connection connection = connect(); PreparedStatement statement = connection.prepareStatement(sql)) {
			bind(statement, parameters);
			try (ResultSet result = statement.executeQuery()) {
				return read(result);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads one number.
	 */
	public long number(String sql, Object... parameters) {
		return ((Number) rows(sql, parameters).get(0).values().iterator().next()).longValue();
	}

	private static List<Map<String, Object>> read(ResultSet result) throws SQLException {
		List<Map<String, Object>> rows = new ArrayList<>();
		while (result.next()) {
			Map<String, Object> row = new LinkedHashMap<>();
			for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
				row.put(result.getMetaData().getColumnLabel(column), result.getObject(column));
			}
			rows.add(row);
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
			Runtime.getRuntime().addShutdownHook(new Thread(running::close));
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
			EmbeddedDatabase database = EmbeddedDatabase.start(folder, 0);
			Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(database, folder)));
			return database;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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
		return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable";
	}

}
