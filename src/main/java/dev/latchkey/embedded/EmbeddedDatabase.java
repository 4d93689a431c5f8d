package dev.latchkey.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;

import dev.latchkey.shared.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that this process starts on its own machine. It listens on
 * 127.0.0.1 only and requires a password. Its data survives a stop, and a crash of this
 * process or of the server.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	/** The database and the role that owns it. */
	public static final String NAME = "latchkey";

	private static final String HOST = "127.0.0.1";

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedDatabase.class);

	private final EmbeddedFolder folder;

	private final PostgresServer server;

	private final String password;

	private final int port;

	private EmbeddedDatabase(EmbeddedFolder folder, PostgresServer server, String password, int port) {
		this.folder = folder;
		this.server = server;
		this.password = password;
		this.port = port;
	}

	/**
	 * Starts the database and waits until it accepts connections.
	 * @param directory the folder for all its files; created if absent
	 * @param port the port to listen on, 0 for any free one
	 * @throws StartupException with the reason in one sentence
	 */
	public static EmbeddedDatabase start(Path directory, int port) {
		EmbeddedFolder folder = EmbeddedFolder.open(directory);
		try {
			EmbeddedDatabase database = start(folder, (port != 0) ? port : freePort());
			logger.info("Embedded database in {} on port {}", directory.toAbsolutePath(), database.port());
			return database;
		}
		catch (StartupException ex) {
			folder.close();
			throw ex;
		}
		catch (IOException | SQLException | RuntimeException ex) {
			folder.close();
			String reason = Objects.requireNonNullElse(ex.getMessage(), "").lines().findFirst().orElse("");
			throw new StartupException("The embedded database in " + directory.toAbsolutePath() + " doesn't start: "
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
	 * The key that signs the links in mails. It is kept in the same folder as the data.
	 */
	public byte[] tokenKey() {
		try {
			return this.folder.tokenKey();
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new StartupException(
					"The key of the links in e-mails can't be read from the embedded database's directory.", ex);
		}
	}

	/**
	 * Stops the server; its data is kept.
	 */
	@Override
	public void close() {
		try {
			this.server.stop();
		}
		catch (IOException | StartupException ex) {
			logger.error("The embedded database could not be stopped", ex);
		}
		finally {
			this.folder.close();
		}
	}

	private static EmbeddedDatabase start(EmbeddedFolder folder, int port) throws IOException, SQLException {
		String password = folder.password();
		PostgresBinaries binaries = PostgresBinaries.in(folder);
		PostgresServer server = new PostgresServer(folder.data(), binaries);
		try {
			server.stop();
			DataDirectory.prepare(folder, binaries, port);
			server.start();
			DataDirectory.createDatabase(port, password);
			return new EmbeddedDatabase(folder, server, password, port);
		}
		catch (IOException | SQLException | RuntimeException ex) {
			server.stop();
			binaries.discard();
			throw ex;
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }))) {
			return socket.getLocalPort();
		}
	}

}
