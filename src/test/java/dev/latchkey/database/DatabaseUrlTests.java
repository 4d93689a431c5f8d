package dev.latchkey.database;

import java.util.Map;

import dev.latchkey.shared.StartupException;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which database URLs are accepted, and what both drivers get from them.
 */
class DatabaseUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "postgresql://ann:pa%24s+%40s@db.example:6543/billing",
			"postgres://ann:pa%24s+%40s@db.example:6543/billing",
			"r2dbc:postgresql://ann:pa%24s+%40s@db.example:6543/billing",
			"jdbc:postgresql://ann:pa%24s+%40s@db.example:6543/billing" })
	void allUsualSpellingsAreEquivalent(String url) {
		ConnectionSettings connection = DatabaseUrl.parse(url, null, null);
		assertThat(connection).isEqualTo(new ConnectionSettings("db.example", 6543, "billing", "ann", "pa$s+@s",
				Map.of(UrlParameter.SSL_MODE, "prefer", UrlParameter.APPLICATION_NAME, "latchkey")));
		assertThat(connection.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6543/billing?connectTimeout=5"
				+ "&tcpKeepAlive=true&ApplicationName=latchkey&sslmode=prefer");
	}

	@Test
	void thePortHasADefaultAndSeparateCredentialsTakePrecedence() {
		ConnectionSettings connection = DatabaseUrl.parse("postgresql://ann:old@db/billing", "bob", "new");
		assertThat(connection.port()).isEqualTo(5432);
		assertThat(connection.username()).isEqualTo("bob");
		assertThat(connection.password()).isEqualTo("new");
		assertThat(DatabaseUrl.parse("postgresql://ann@db/billing", null, null).password()).isNull();
	}

	@Test
	void bothDriversGetTheSameParameters() {
		ConnectionSettings connection = DatabaseUrl
			.parse("postgresql://ann:x@[2001:db8::1]/a%20b?sslmode=verify-full&sslrootcert=/etc/ca%201.pem"
					+ "&channel_binding=require&application_name=portal", null, null);
		assertThat(connection.jdbcUrl()).isEqualTo("jdbc:postgresql://[2001:db8::1]:5432/a%20b?connectTimeout=5"
				+ "&tcpKeepAlive=true&ApplicationName=portal&channelBinding=require&sslmode=verify-full"
				+ "&sslrootcert=%2Fetc%2Fca%201.pem");
		ConnectionFactoryOptions options = connection.r2dbcOptions();
		assertThat(options.getValue(ConnectionFactoryOptions.HOST)).isEqualTo("2001:db8::1");
		assertThat(options.getValue(ConnectionFactoryOptions.DATABASE)).isEqualTo("a b");
		assertThat(options.getValue(Option.valueOf("sslMode"))).isEqualTo("verify-full");
		assertThat(options.getValue(Option.valueOf("sslRootCert"))).isEqualTo("/etc/ca 1.pem");
		assertThat(options.getValue(Option.valueOf("channelBinding"))).isEqualTo("require");
		assertThat(options.getValue(Option.valueOf("applicationName"))).isEqualTo("portal");
		assertThat(options.getValue(PostgresqlConnectionFactoryProvider.OPTIONS))
			.isEqualTo(Map.of("statement_timeout", "10s", "lock_timeout", "2s"));
	}

	@Test
	void theReactiveDriverUnderstandsItsParameters() {
		ConnectionSettings connection = DatabaseUrl.parse("postgresql://ann:x@db/billing?channelBinding=prefer", null,
				null);
		assertThat(ConnectionFactories.get(connection.r2dbcOptions()).getMetadata().getName()).isEqualTo("PostgreSQL");
	}

	@ParameterizedTest
	@ValueSource(strings = { "hunter2", "mysql://ann:hunter2@db/billing", "jdbc:mysql://ann:hunter2@db/billing",
			"postgresql://ann:hunter2@", "postgresql://ann:hunter2@db", "postgresql://ann:hunter2@db/",
			"postgresql://ann:hunter2@db/a/b", "postgresql://ann:hunter2@db:port/billing",
			"postgresql://ann:hunter2@db:99999/billing", "postgresql://ann:hunter2@one,two/billing",
			"postgresql://ann:#hunter2@db/billing", "postgresql://ann:hunter2%@db/billing",
			"postgresql://ann:@hunter2@db/billing", "postgresql://ann:12?hunter2@db/billing",
			"postgresql://ann:12?hunter2=1@db/billing", "postgresql://ann:12/hunter2@db/billing",
			"postgresql://ann:hunter2 @db/billing", "postgresql://ann:hunter2@db/billing?sslmod=require",
			"postgresql://ann:hunter2@db/billing?sslmode", "postgresql://ann:hunter2@db/billing?user=ann",
			"postgresql:ann:hunter2", "r2dbc:pool:postgresql://ann:hunter2@db/billing" })
	void anUnusableUrlIsReportedInOneSentenceWithoutSecrets(String url) {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DatabaseUrl.parse(url, null, null))
			.withMessageStartingWith("latchkey.database.url is not usable, ")
			.withMessageNotContaining("hunter2")
			.withMessageNotContaining("\n")
			.withNoCause();
	}

	@Test
	void aUserIsRequired() {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> DatabaseUrl.parse("postgresql://db/billing", null, null))
			.withMessage("The database's user is missing: set latchkey.database.username.");
	}

	@Test
	void anOldServerIsRefused() {
		ConnectionSettings connection = DatabaseUrl.parse("postgresql://ann:hunter2@db/billing", null, null);
		ServerCheck.requireVersion(15, connection);
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> ServerCheck.requireVersion(14, connection))
			.withMessage("The database db:5432/billing is PostgreSQL 14; 15 or newer is needed.");
	}

	@Test
	void toStringDoesNotContainThePassword() {
		assertThat(DatabaseUrl.parse("postgresql://ann:hunter2@db/billing", null, null)).hasToString("db:5432/billing");
		assertThat(new DatabaseProperties("postgresql://ann:hunter2@db/billing", "ann", "hunter2", 16,
				MigrationMode.AT_START, Distribution.NONE)
			.toString()).doesNotContain("hunter2");
	}

	@Test
	void emptySettingsCountAsMissing() {
		DatabaseProperties properties = new DatabaseProperties(" ", "", "", 1, MigrationMode.AT_START,
				Distribution.NONE);
		assertThat(properties)
			.isEqualTo(new DatabaseProperties(null, null, null, 1, MigrationMode.AT_START, Distribution.NONE));
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> new DatabaseProperties(null, null, null, 0, MigrationMode.AT_START, Distribution.NONE))
			.withMessage("latchkey.database.pool-size must be a number from 1 to 500.");
	}

}
