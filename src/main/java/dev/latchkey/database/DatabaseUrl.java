package dev.latchkey.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.shared.StartupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configured database URL. Error messages never quote it: if a URL cannot be
 * parsed, any part of it could be a password that was not encoded.
 */
final class DatabaseUrl {

	private static final int DEFAULT_PORT = 5432;

	private DatabaseUrl() {
	}

	/**
	 * Reads the URL, with the credentials from the settings or from the URL itself.
	 * @throws StartupException if it does not name a PostgreSQL database and a user
	 */
	static ConnectionSettings parse(String url, @Nullable String username, @Nullable String password) {
		URI uri = uri(url.replaceFirst("^(r2dbc|jdbc):", ""));
		String host = uri.getHost();
		String path = Optional.ofNullable(uri.getRawPath()).orElse("");
		if (host == null || !path.matches("/[^/]+") || uri.getRawFragment() != null || uri.getPort() == 0
				|| uri.getPort() > 65535) {
			throw unusable("it can't be parsed");
		}
		Map<UrlParameter, String> parameters = parameters(uri.getRawQuery());
		String[] credentials = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
		String user = (username != null) ? username : decoded(credentials[0]);
		if (user.isEmpty()) {
			throw new StartupException("The database's user is missing: set latchkey.database.username.");
		}
		String secret = (password == null && credentials.length == 2) ? decoded(credentials[1]) : password;
		return new ConnectionSettings(host.replaceAll("[\\[\\]]", ""),
				(uri.getPort() > 0) ? uri.getPort() : DEFAULT_PORT, decoded(path.substring(1)), user, secret,
				parameters);
	}

	private static URI uri(String url) {
		if (!url.matches("(?s)(postgresql|postgres)://.*")) {
			throw unusable("it doesn't start with postgresql://");
		}
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			// The message of the exception quotes the URL, so it is not reported.
			throw unusable("it can't be parsed");
		}
	}

	private static Map<UrlParameter, String> parameters(@Nullable String query) {
		Map<UrlParameter, String> parameters = new EnumMap<>(UrlParameter.class);
		// The defaults of the two drivers differ: only the JDBC driver tries TLS.
		parameters.put(UrlParameter.SSL_MODE, "prefer");
		parameters.put(UrlParameter.APPLICATION_NAME, "latchkey");
		if (query == null || query.isEmpty()) {
			return parameters;
		}
		for (String pair : query.split("&", -1)) {
			String[] parts = pair.split("=", 2);
			Optional<UrlParameter> parameter = UrlParameter.named(parts[0]);
			if (parts.length < 2 || parameter.isEmpty()) {
				throw unusable("its parameters may only be " + UrlParameter.names());
			}
			parameters.put(parameter.get(), decoded(parts[1]));
		}
		return parameters;
	}

	private static String decoded(String text) {
		try {
			return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw unusable("it can't be parsed");
		}
	}

	private static StartupException unusable(String reason) {
		return new StartupException("latchkey.database.url is not usable, " + reason
				+ "; its form is postgresql://host:5432/name, with special characters percent-encoded.");
	}

}
