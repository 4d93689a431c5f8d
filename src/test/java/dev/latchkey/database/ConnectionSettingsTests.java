package dev.latchkey.database;

import java.time.Duration;
import java.util.Map;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One connection, in the forms of both drivers.
 */
class ConnectionSettingsTests {

	private final ConnectionSettings settings = new ConnectionSettings("db.example", 5433, "latch key", "ada",
			"s3cret&", Map.of(UrlParameter.SSL_MODE, "verify-full", UrlParameter.APPLICATION_NAME, "a&b c"));

	@Test
	void theJdbcUrlIsEncodedAndHasNoCredentials() {
		assertThat(this.settings.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:5433/latch%20key?connectTimeout=5"
				+ "&tcpKeepAlive=true&ApplicationName=a%26b%20c&sslmode=verify-full");
	}

	@Test
	void anIpv6AddressIsInBracketsInTheUrlOnly() {
		ConnectionSettings ipv6 = new ConnectionSettings("::1", 5432, "db", "ada", null, Map.of());
		assertThat(ipv6.jdbcUrl()).startsWith("jdbc:postgresql://[::1]:5432/db?");
		assertThat(ipv6.r2dbcOptions().getValue(ConnectionFactoryOptions.HOST)).isEqualTo("::1");
	}

	@Test
	void theR2dbcOptionsAreNotEncoded() {
		ConnectionFactoryOptions options = this.settings.r2dbcOptions();
		assertThat(options.getValue(ConnectionFactoryOptions.DATABASE)).isEqualTo("latch key");
		assertThat(options.getValue(ConnectionFactoryOptions.PORT)).isEqualTo(5433);
		assertThat(options.getValue(ConnectionFactoryOptions.USER)).isEqualTo("ada");
		assertThat(options.getValue(ConnectionFactoryOptions.PASSWORD)).hasToString("s3cret&");
		assertThat(options.getValue(ConnectionFactoryOptions.CONNECT_TIMEOUT)).isEqualTo(Duration.ofSeconds(5));
		assertThat(options.getValue(Option.valueOf("sslMode"))).isEqualTo("verify-full");
		assertThat(options.getValue(Option.valueOf("applicationName"))).isEqualTo("a&b c");
	}

	@Test
	void statementsAndLocksHaveATimeout() {
		assertThat(this.settings.r2dbcOptions().getValue(Option.valueOf("options")))
			.isEqualTo(Map.of("statement_timeout", "10s", "lock_timeout", "2s"));
	}

	@Test
	void noPasswordIsNotAnEmptyPassword() {
		ConnectionSettings trusted = new ConnectionSettings("db", 5432, "db", "ada", null, Map.of());
		assertThat(trusted.r2dbcOptions().hasOption(ConnectionFactoryOptions.PASSWORD)).isFalse();
	}

	@Test
	void theTextFormHasNoCredentials() {
		assertThat(this.settings).hasToString("db.example:5433/latch key");
	}

	@ParameterizedTest
	@CsvSource({ "sslmode, SSL_MODE", "sslMode, SSL_MODE", "ssl_mode, SSL_MODE", "SSLROOTCERT, SSL_ROOT_CERT",
			"channel_binding, CHANNEL_BINDING", "ApplicationName, APPLICATION_NAME",
			"application_name, APPLICATION_NAME" })
	void aParameterIsFoundInAnyUsualSpelling(String name, UrlParameter parameter) {
		assertThat(UrlParameter.named(name)).contains(parameter);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ssl", "sslmod", "sslmodes", "options", "password" })
	void anyOtherParameterIsUnknown(String name) {
		assertThat(UrlParameter.named(name)).isEmpty();
	}

	@Test
	void theKnownParametersAreListedForTheOperator() {
		assertThat(UrlParameter.names()).isEqualTo("sslMode, sslRootCert, channelBinding, applicationName");
	}

}
