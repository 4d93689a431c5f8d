package dev.latchkey.database;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the database, for both drivers. Its text form is
 * {@code host:port/name}, without credentials.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param parameters further parameters of the URL
 */
public record ConnectionSettings(String host, int port, String name, String username, @Nullable String password,
		Map<UrlParameter, String> parameters) {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Session settings that abort statements which take too long, so that they release
	 * their connection.
	 */
	private static final Map<String, String> SESSION = Map.of("statement_timeout", "10s", "lock_timeout", "2s");

	public ConnectionSettings {
		parameters = Map.copyOf(parameters);
	}

	String jdbcUrl() {
		String address = this.host.contains(":") ? "[" + this.host + "]" : this.host;
		String query = this.parameters.entrySet()
			.stream()
			.map((entry) -> "&" + entry.getKey().jdbc() + "=" + encoded(entry.getValue()))
			.sorted()
			.collect(Collectors.joining());
		return "jdbc:postgresql://" + address + ":" + this.port + "/" + encoded(this.name) + "?connectTimeout="
				+ CONNECT_TIMEOUT.toSeconds() + "&tcpKeepAlive=true" + query;
	}

	ConnectionFactoryOptions r2dbcOptions() {
		ConnectionFactoryOptions.Builder options = ConnectionFactoryOptions.builder()
			.option(ConnectionFactoryOptions.DRIVER, "postgresql")
			.option(ConnectionFactoryOptions.HOST, this.host)
			.option(ConnectionFactoryOptions.PORT, this.port)
			.option(ConnectionFactoryOptions.DATABASE, this.name)
			.option(ConnectionFactoryOptions.USER, this.username)
			.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, CONNECT_TIMEOUT)
			.option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
			.option(PostgresqlConnectionFactoryProvider.OPTIONS, SESSION);
		if (this.password != null) {
			options.option(ConnectionFactoryOptions.PASSWORD, this.password);
		}
		this.parameters.forEach((parameter, value) -> options.option(Option.valueOf(parameter.r2dbc()), value));
		return options.build();
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port + "/" + this.name;
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
