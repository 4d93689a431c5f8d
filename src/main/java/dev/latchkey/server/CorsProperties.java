package dev.latchkey.server;

import java.net.URI;
import java.util.List;
import java.util.Locale;

import dev.latchkey.shared.PublicUrl;
import dev.latchkey.shared.StartupException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of cross-origin requests (CORS).
 *
 * @param allowedOrigins the origins whose pages may use the API from a browser, exactly
 * as browsers send them; none by default
 */
@ConfigurationProperties("latchkey.cors")
public record CorsProperties(@DefaultValue List<String> allowedOrigins) {

	public CorsProperties {
		allowedOrigins = allowedOrigins.stream().map(CorsProperties::origin).toList();
	}

	private static String origin(String text) {
		try {
			URI uri = URI.create(text.toLowerCase(Locale.ROOT));
			boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
			if (web && uri.getHost() != null && uri.getPort() <= 65_535 && uri.getRawPath().isEmpty()
					&& uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null) {
				return new PublicUrl(uri).origin();
			}
		}
		catch (IllegalArgumentException ex) {
			throw invalid(text);
		}
		throw invalid(text);
	}

	private static StartupException invalid(String text) {
		return new StartupException("latchkey.cors.allowed-origins must list whole origins such as"
				+ " https://console.example.org, without a path or a pattern; '" + text + "' is not one.");
	}

}
