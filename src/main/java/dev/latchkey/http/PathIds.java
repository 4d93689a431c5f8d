package dev.latchkey.http;

import java.util.UUID;
import java.util.regex.Pattern;

import dev.latchkey.shared.Detail;
import dev.latchkey.shared.DomainException;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads ids from paths: 36 lower-case characters, so that one thing has one URL.
 */
public final class PathIds {

	private static final Pattern UUID_TEXT = Pattern
		.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

	private PathIds() {
	}

	public static UUID uuid(ServerRequest request, String variable) {
		return uuid(variable, request.pathVariable(variable));
	}

	/**
	 * Reads an id that stands in a field of a body, in the same form.
	 */
	public static UUID uuid(String name, String text) {
		if (!UUID_TEXT.matcher(text).matches()) {
			throw DomainException.malformed(Detail.ID_NOT_PLAIN, name).with("field", name);
		}
		return UUID.fromString(text);
	}

}
