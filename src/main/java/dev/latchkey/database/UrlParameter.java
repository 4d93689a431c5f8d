package dev.latchkey.database;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A parameter of the database URL, in the spelling of both drivers. All others are
 * refused: a misspelt {@code sslmode} must not be ignored.
 */
public enum UrlParameter {

	SSL_MODE("sslmode", "sslMode"), SSL_ROOT_CERT("sslrootcert", "sslRootCert"),
	CHANNEL_BINDING("channelBinding", "channelBinding"), APPLICATION_NAME("ApplicationName", "applicationName");

	private final String jdbc;

	private final String r2dbc;

	UrlParameter(String jdbc, String r2dbc) {
		this.jdbc = jdbc;
		this.r2dbc = r2dbc;
	}

	/**
	 * Finds a parameter by its name in any of the usual spellings:
	 * {@code channel_binding} is {@code channelBinding}.
	 */
	static Optional<UrlParameter> named(String name) {
		String plain = name.replace("_", "");
		return Arrays.stream(values()).filter((parameter) -> parameter.r2dbc.equalsIgnoreCase(plain)).findFirst();
	}

	static String names() {
		return Arrays.stream(values()).map(UrlParameter::r2dbc).collect(Collectors.joining(", "));
	}

	String jdbc() {
		return this.jdbc;
	}

	String r2dbc() {
		return this.r2dbc;
	}

}
