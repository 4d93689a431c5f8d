package dev.latchkey.embedded;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;

import dev.latchkey.shared.StartupException;
import dev.latchkey.testing.ServiceTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A running embedded database, tested from outside.
 */
@ServiceTest
class EmbeddedDatabaseTests {

	@TempDir
	static Path temporary;

	static Path folder;

	static EmbeddedDatabase database;

	@BeforeAll
	static void start() {
		folder = temporary.resolve("a folder with spaces, ä and 'quotes'");
		database = EmbeddedDatabase.start(folder, 0);
	}

	@AfterAll
	static void stop() {
		database.close();
	}

	@Test
	void settingsKeepCommittedDataOnACrash() throws Exception {
		assertThat(Sql.query(database, "SHOW fsync")).isEqualTo("on");
		assertThat(Sql.query(database, "SHOW synchronous_commit")).isEqualTo("on");
		assertThat(Sql.query(database, "SHOW full_page_writes")).isEqualTo("on");
		assertThat(Sql.query(database, "SHOW data_checksums")).isEqualTo("on");
	}

	@Test
	void textIsUnicodeAndTimeIsUtc() throws Exception {
		assertThat(Sql.query(database, "SELECT upper('straße ä')")).isEqualTo("STRASSE Ä".replace("SS", "ß"));
		assertThat(Sql.query(database, "SHOW server_encoding")).isEqualTo("UTF8");
		assertThat(Sql.query(database, "SHOW log_timezone")).isEqualTo("UTC");
	}

	@Test
	void theRoleOwnsItsDatabaseAndIsNotASuperuser() throws Exception {
		assertThat(Sql.query(database, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).isEqualTo("f");
		Sql.execute(database, "CREATE TABLE owned (id integer)");
	}

	@Test
	void noPasswordAndAWrongPasswordAreRefused() {
		for (String user : List.of("latchkey", "postgres")) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> Sql.connect(database, user, ""));
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> Sql.connect(database, user, "wrong"))
				.withMessageContaining("password authentication failed");
		}
	}

	@Test
	void everyConnectionRequiresThePassword() throws Exception {
		assertThat(Files.readAllLines(folder.resolve("data/pg_hba.conf")))
			.filteredOn((line) -> !line.isBlank() && !line.startsWith("#"))
			.isNotEmpty()
			.allMatch((line) -> line.endsWith("scram-sha-256"));
	}

	@Test
	void onlyTheOwnerCanReadTheFiles() throws Exception {
		assertThat(permissions(folder)).isEqualTo("rwx------");
		assertThat(permissions(folder.resolve("data"))).isEqualTo("rwx------");
		assertThat(permissions(folder.resolve("password"))).isEqualTo("rw-------");
	}

	@Test
	void thePortIsOpenOnLoopbackOnly() throws Exception {
		assertThat(Sql.query(database, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
		assertThat(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(4)).as("the socket's folder")
			.isEmpty();
		List<InetAddress> others = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> !address.isLoopbackAddress())
			.toList();
		for (InetAddress other : others) {
			assertThatExceptionOfType(ConnectException.class)
				.isThrownBy(() -> new Socket(other, database.port()).close());
		}
	}

	@Test
	void theServerDoesNotInheritTheEnvironment() throws Exception {
		Path pidFile = folder.resolve("data/postmaster.pid");
		Path environment = Path.of("/proc", Files.readAllLines(pidFile).get(0), "environ");
		assertThat(Files.readString(environment)).doesNotContain("HOME=", "JAVA");
	}

	@Test
	void theSameFolderCanNotBeOpenedTwice() {
		for (int attempt = 0; attempt < 2; attempt++) {
			assertThatExceptionOfType(StartupException.class).isThrownBy(() -> EmbeddedDatabase.start(folder, 0))
				.withMessageStartingWith("Another process uses the embedded database in ");
		}
	}

	@Test
	void aReadOnlyFolderIsReportedInOneSentence() {
		Path unwritable = Path.of("/proc/latchkey");
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> EmbeddedDatabase.start(unwritable, 0))
			.withMessageMatching("The embedded database can't write to its directory /proc/latchkey \\(\\w+\\): "
					+ "set latchkey.embedded.directory to another directory, or set latchkey.database.url\\.");
	}

	@Test
	void aFileInsteadOfAFolderIsReportedInOneSentence() throws Exception {
		Path file = Files.createFile(temporary.resolve("file"));
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> EmbeddedDatabase.start(file, 0))
			.withMessageStartingWith("The embedded database can't write to its directory ");
	}

	@Test
	void aFolderNameWithShellCharactersIsRefused() {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> EmbeddedDatabase.start(temporary.resolve("$(id)"), 0))
			.withMessageContaining("don't support");
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

}
