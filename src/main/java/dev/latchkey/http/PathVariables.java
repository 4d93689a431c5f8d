package dev.latchkey.http;

import java.util.UUID;
import java.util.regex.Pattern;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads ids from paths: 36 lower-case characters, so that one thing has one URL.
 */
public final class PathVariables {

	private static final Pattern UUID_TEXT = Pattern
		.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

	private PathVariables() {
	}

	/**
	 * The account that a path names.
	 * @throws DomainException {@code MALFORMED_REQUEST} if it is no id in its plain form;
	 * so for all others here
	 */
	public static AccountId accountId(ServerRequest request) {
		return new AccountId(uuid(request, "account"));
	}

	/**
	 * The invitation that a path names.
	 */
	public static InvitationId invitationId(ServerRequest request) {
		return new InvitationId(uuid(request, "invitation"));
	}

	/**
	 * The user that a path names.
	 */
	public static UserId userId(ServerRequest request) {
		return new UserId(uuid(request, "user"));
	}

	public static UUID uuid(ServerRequest request, String variable) {
		return uuid(variable, request.pathVariable(variable));
	}

	/**
	 * Reads an id that stands in a field of a body, in the same form.
	 */
	public static UUID uuid(String name, String text) {
		if (!UUID_TEXT.matcher(text).matches()) {
			throw DomainException.malformed(DetailMessage.ID_NOT_CANONICAL, name).with("field", name);
		}
		return UUID.fromString(text);
	}

}
