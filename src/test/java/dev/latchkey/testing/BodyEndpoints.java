package dev.latchkey.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.RoleFixture.Stage;
import dev.latchkey.testing.TestUsers.Person;

/**
 * All endpoints that accept a JSON body, each with a valid body.
 */
public final class BodyEndpoints {

	private BodyEndpoints() {
	}

	/**
	 * Returns the endpoints for one account. All ids and tokens are valid, so a request
	 * fails only because of the invalid part that a test adds.
	 */
	public static List<Endpoint> of(RoleFixture fixture, Stage stage) {
		Client anonymous = fixture.service.anonymous();
		Client owner = fixture.client(Role.OWNER);
		Person forgetful = fixture.people.aUser();
		String invitations = stage.owner().path("/invitations");
		Map<String, Object> permissions = fields("permissions", List.of("quotes"));
		return List.of(new Endpoint("sign up", "POST", "/users", anonymous, fields("email", "ada@example.test")),
				new Endpoint("verify", "POST", "/users/verification", anonymous,
						fields("token", fixture.verificationToken(), "name", "Ada", "password", TestUsers.PASSWORD)),
				new Endpoint("request reset", "POST", "/password-resets", anonymous,
						fields("email", forgetful.address())),
				new Endpoint("reset", "POST", "/password-resets/confirmation", anonymous,
						fields("token", fixture.resetToken(forgetful), "password", TestUsers.PASSWORD)),
				new Endpoint("sign in", "POST", "/session", anonymous,
						fields("email", forgetful.address(), "password", "wrong " + TestUsers.PASSWORD, "cookie",
								false)),
				new Endpoint("create account", "POST", "/accounts", owner, fields("name", "Another")),
				new Endpoint("invite", "POST", invitations, owner,
						fields("email", "new@example.test", "permissions", List.of("quotes"))),
				new Endpoint("edit invitation", "PUT", invitations + "/" + stage.invitation() + "/permissions", owner,
						permissions),
				new Endpoint("edit member", "PUT", stage.owner().path("/members/" + stage.member() + "/permissions"),
						owner, permissions),
				new Endpoint("preview", "POST", "/invitations/preview", anonymous, fields("token", stage.token())),
				new Endpoint("accept", "POST", "/invitations/accept", anonymous,
						fields("token", stage.token(), "name", "Ada", "password", TestUsers.PASSWORD, "cookie", false)),
				new Endpoint("decline", "POST", "/invitations/decline", anonymous,
						fields("token", stage.token(), "reason", "No time")));
	}

	private static Map<String, Object> fields(Object... namesAndValues) {
		Map<String, Object> fields = new LinkedHashMap<>();
		for (int index = 0; index < namesAndValues.length; index += 2) {
			fields.put((String) namesAndValues[index], namesAndValues[index + 1]);
		}
		return fields;
	}

	/**
	 * An endpoint and the client that calls it.
	 *
	 * @param fields the fields of a valid body
	 */
	public record Endpoint(String name, String method, String path, Client client, Map<String, Object> fields) {

		/**
		 * Sends a request with an {@code If-Match} header.
		 * @param headers names and values in turn, which follow the {@code If-Match}
		 */
		public Client.Response send(String body, String... headers) {
			String[] all = new String[headers.length + 2];
			all[0] = "If-Match";
			all[1] = "\"1\"";
			System.arraycopy(headers, 0, all, 2, headers.length);
			return this.client.send(this.method, this.path, body, all);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
