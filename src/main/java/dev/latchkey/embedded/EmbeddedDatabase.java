package dev.latchkey.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

import dev.latchkey.shared.StartupFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own for one machine: durable like any other, on 127.0.0.1
 * only, behind a password, and its data stays when it is closed. It gets over a crash of
 * this process or of its own at the next start.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	/** The database and the role that owns it. */
	public static final String NAME = "latchkey";

	private static final String HOST = "127.0.0.1";

	private static final String SUPERUSER = "postgres";

	private static final String SETTINGS = "latchkey.conf";

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedDatabase.class);

	private final DataFolder folder;

	private final Postmaster postmaster;

	private final String password;

	private final int port;

	private EmbeddedDatabase(DataFolder folder, Postmaster postmaster, String password, int port) {
		this.folder = folder;
		this.postmaster = postmaster;
		this.password = password;
		this.port = port;
	}

	/**
	 * Starts the database and waits until it takes connections.
	 * @param directory the folder of everything that it keeps; created if absent
	 * @param port the port to listen on, 0 for any free one
	 * @throws StartupFailure with one sentence on why it can't
	 */
	public static EmbeddedDatabase start(Path directory, int port) {
		DataFolder folder = DataFolder.open(directory);
		try {
			EmbeddedDatabase database = start(folder, (port != 0) ? port : freePort());
			logger.info("Embedded database in {} on port {}", directory.toAbsolutePath(), database.port());
			return database;
		}
		catch (StartupFailure ex) {
			folder.close();
			throw ex;
		}
		catch (IOException | SQLException | RuntimeException ex) {
			folder.close();
			String reason = Objects.requireNonNullElse(ex.getMessage(), "").lines().findFirst().orElse("");
			throw new StartupFailure("The embedded database in " + directory.toAbsolutePath() + " doesn't start: "
					+ ex.getClass().getSimpleName() + " " + reason, ex);
		}
	}

	public String host() {
		return HOST;
	}

	public int port() {
		return this.port;
	}

	public String password() {
		return this.password;
	}

	/**
	 * Stops the server in order; its data stays.
	 */
	@Override
	public void close() {
		try {
			this.postmaster.stop();
		}
		catch (IOException | StartupFailure ex) {
			logger.error("The embedded database was not stopped", ex);
		}
		finally {
			this.folder.close();
		}
	}

	private static EmbeddedDatabase start(DataFolder folder, int port) throws IOException, SQLException {
		String password = folder.password();
		Programs programs = Programs.in(folder);
		Postmaster postmaster = new Postmaster(folder.data(), programs);
		try {
			postmaster.stop();
			if (!Files.exists(folder.data())) {
				initialise(folder, programs);
			}
			Files.writeString(folder.data().resolve(SETTINGS), settings(port));
			postmaster.start();
			createDatabase(port, password);
			return new EmbeddedDatabase(folder, postmaster, password, port);
		}
		catch (IOException | SQLException | RuntimeException ex) {
			postmaster.stop();
			programs.discard();
			throw ex;
		}
	}

	/**
	 * Makes the data directory. It asks for the password from its first moment on, and it
	 * appears whole or not at all, so a crash in between leaves nothing half-made.
	 */
	private static void initialise(DataFolder folder, Programs programs) throws IOException {
		Path draft = folder.draft();
		Programs.Outcome outcome = programs.run("initdb", "-D", draft.toString(), "-U", SUPERUSER,
				"--auth=scram-sha-256", "--pwfile=" + folder.passwordFile(), "--encoding=UTF8", "--locale=C",
				"--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums");
		if (!outcome.successful()) {
			throw new StartupFailure("The embedded database can't be created: " + outcome.reason());
		}
		Files.writeString(draft.resolve("postgresql.conf"), "\ninclude '" + SETTINGS + "'\n",
				StandardOpenOption.APPEND);
		folder.finish(draft, folder.data());
	}

	/**
	 * What the service relies on; rewritten at each start. No socket in the file system,
	 * and the log tells of the server, never of the people in it.
	 */
	private static String settings(int port) {
		return """
				listen_addresses = '127.0.0.1'
				port = %d
				unix_socket_directories = ''
				fsync = on
				synchronous_commit = on
				full_page_writes = on
				max_connections = 100
				shared_buffers = 256MB
				timezone = 'UTC'
				log_timezone = 'UTC'
				log_min_messages = log
				log_checkpoints = off
				""".formatted(port);
	}

	private static void createDatabase(int port, String password) throws SQLException {
		String url = "jdbc:postgresql://" + HOST + ":" + port + "/postgres?sslmode=disable";
		try (Connection connection = DriverManager.getConnection(url, SUPERUSER, password);
				Statement statement = connection.createStatement()) {
			if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + NAME + "'")) {
				statement.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD '" + password + "'");
			}
			if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
				statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
			}
		}
	}

	private static boolean exists(Statement statement, String query) throws SQLException {
		try (ResultSet rows = statement.executeQuery(query)) {
			return rows.next();
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }))) {
			return socket.getLocalPort();
		}
	}

}
