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
 * A PostgreSQL server of our own for one machine: durable like any other, on 127.0.0.1
 * only, behind a password, and its data stays when it is closed. It gets over a crash of
 * this process or of its own at the next start.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	/** The database and the role that owns it. */
	public static final String NAME = "latchkey";

	private static final String HOST = "127.0.0.1";

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedDatabase.class);

	private final EmbeddedFolder folder;

	private final PostgresServer postmaster;

	private final String password;

	private final int port;

	private EmbeddedDatabase(EmbeddedFolder folder, PostgresServer postmaster, String password, int port) {
		this.folder = folder;
		this.postmaster = postmaster;
		this.password = password;
		this.port = port;
	}

	/**
	 * Starts the database and waits until it takes connections.
	 * @param directory the folder of everything that it keeps; created if absent
	 * @param port the port to listen on, 0 for any free one
	 * @throws StartupException with one sentence on why it can't
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
	 * The key that signs the links in mails: kept beside the data, for as long as they
	 * are.
	 */
	public byte[] tokenKey() {
		try {
			return this.folder.tokenKey();
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new StartupException(
					"The key of the links in mails can't be read from the embedded database's folder.", ex);
		}
	}

	/**
	 * Stops the server in order; its data stays.
	 */
	@Override
	public void close() {
		try {
			this.postmaster.stop();
		}
		catch (IOException | StartupException ex) {
			logger.error("The embedded database was not stopped", ex);
		}
		finally {
			this.folder.close();
		}
	}

	private static EmbeddedDatabase start(EmbeddedFolder folder, int port) throws IOException, SQLException {
		String password = folder.password();
		PostgresBinaries binaries = PostgresBinaries.in(folder);
		PostgresServer postmaster = new PostgresServer(folder.data(), binaries);
		try {
			postmaster.stop();
			DataDirectory.prepare(folder, binaries, port);
			postmaster.start();
			DataDirectory.createDatabase(port, password);
			return new EmbeddedDatabase(folder, postmaster, password, port);
		}
		catch (IOException | SQLException | RuntimeException ex) {
			postmaster.stop();
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
