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
 * Reads ids from paths. They must have 36 lower-case characters, so that a resource has
 * one URL only.
 */
public final class PathVariables {

	private static final Pattern UUID_TEXT = Pattern
		.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

	private PathVariables() {
	}

	/**
	 * The id of the account in a path.
	 * @throws DomainException {@code MALFORMED_REQUEST} if it is not an id in this form;
	 * the same holds for the other methods
	 */
	public static AccountId accountId(ServerRequest request) {
		return new AccountId(uuid(request, "account"));
	}

	/**
	 * The id of the invitation in a path.
	 */
	public static InvitationId invitationId(ServerRequest request) {
		return new InvitationId(uuid(request, "invitation"));
	}

	/**
	 * The id of the user in a path.
	 */
	public static UserId userId(ServerRequest request) {
		return new UserId(uuid(request, "user"));
	}

	public static UUID uuid(ServerRequest request, String variable) {
		return uuid(variable, request.pathVariable(variable));
	}

	/**
	 * Reads an id from a field of a body, in the same form.
	 */
	public static UUID uuid(String name, String text) {
		if (!UUID_TEXT.matcher(text).matches()) {
			throw DomainException.malformed(DetailMessage.ID_NOT_CANONICAL, name).with("field", name);
		}
		return UUID.fromString(text);
	}

}
