package dev.latchkey.testing;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.RoleFixture.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The access rights: for each route, the status that an anonymous caller, a user who is
 * not a member, a member with one permission, a member with all permissions and the owner
 * get, in this order.
 */
public final class RoleMatrix {

	private static final String V1 = "/api/v1";

	private static final String ACCOUNT = V1 + "/accounts/{account}";

	private static final String INVITATION = ACCOUNT + "/invitations/{invitation}";

	private static final String EVENT_STREAM = " [Accept: text/event-stream]";

	private static final String NDJSON = " [Accept: application/x-ndjson]";

	private static final String CSV = " [Accept: text/csv]";

	private static final String ANY_SIGNED_IN_USER = "401 200 200 200 200";

	private static final String OWNER_ONLY = "401 404 403 403 200";

	private static final Map<String, Object> INVOICES = Map.of("permissions", List.of("invoices"));

	private RoleMatrix() {
	}

	public static List<Row> rows() {
		return List.of(
				row("POST", V1 + "/users", "202 202 202 202 202",
						(fixture, stage) -> Map.of("email", TestUsers.anAddress())),
				row("POST", V1 + "/users/verification", "201 201 201 201 201",
						(fixture, stage) -> Map.of("token", fixture.verificationToken(), "name", "Ada", "password",
								TestUsers.PASSWORD)),
				row("POST", V1 + "/password-resets", "202 202 202 202 202",
						(fixture, stage) -> Map.of("email", TestUsers.anAddress())),
				row("POST", V1 + "/password-resets/confirmation", "204 204 204 204 204",
						(fixture, stage) -> Map.of("token", fixture.resetToken(fixture.people.aUser()), "password",
								TestUsers.PASSWORD)),
				row("POST", V1 + "/session", "201 201 201 201 201",
						(fixture, stage) -> Map.of("email", fixture.person(Role.STRANGER).address(), "password",
								TestUsers.PASSWORD)),
				row("GET", V1 + "/session", ANY_SIGNED_IN_USER), row("DELETE", V1 + "/session", "401 204 204 204 204"),
				row("GET", V1 + "/permissions", "200 200 200 200 200"),
				row("POST", V1 + "/accounts", "401 201 201 201 201", (fixture, stage) -> Map.of("name", "Another")),
				row("GET", V1 + "/accounts", ANY_SIGNED_IN_USER), row("GET", ACCOUNT, "401 404 200 200 200"),
				row("PUT", ACCOUNT + "/invitation-validity", OWNER_ONLY,
						(fixture, stage) -> Map.of("expiresInDays", 14)),
				row("PUT", ACCOUNT + "/ownership-transfer", OWNER_ONLY,
						(fixture, stage) -> Map.of("userId", stage.fill("{user}"), "password", TestUsers.PASSWORD)),
				row("DELETE", ACCOUNT + "/ownership-transfer", "401 404 404 404 404"),
				row("POST", ACCOUNT + "/ownership-transfer/accept", "401 404 404 404 200"),
				row("GET", ACCOUNT + "/access", "401 403 403 204 204").query("?permission=orders"),
				row("GET", ACCOUNT + "/members", OWNER_ONLY),
				row("GET", ACCOUNT + "/members/me", "401 404 200 200 200"),
				row("DELETE", ACCOUNT + "/members/me", "401 404 204 204 409"),
				row("GET", ACCOUNT + "/members/{user}", OWNER_ONLY),
				row("DELETE", ACCOUNT + "/members/{user}", "401 404 403 403 204"),
				row("GET", ACCOUNT + "/members/{user}/permissions", OWNER_ONLY),
				row("PUT", ACCOUNT + "/members/{user}/permissions", OWNER_ONLY, (fixture, stage) -> INVOICES),
				row("GET", ACCOUNT + "/members" + NDJSON, OWNER_ONLY),
				row("GET", ACCOUNT + "/members" + CSV, OWNER_ONLY), row("GET", ACCOUNT + "/events", OWNER_ONLY),
				row("GET", ACCOUNT + "/events" + EVENT_STREAM, OWNER_ONLY),
				row("GET", ACCOUNT + "/events" + NDJSON, OWNER_ONLY), row("GET", ACCOUNT + "/events" + CSV, OWNER_ONLY),
				row("GET", ACCOUNT + "/invitations" + NDJSON, OWNER_ONLY),
				row("GET", ACCOUNT + "/invitations" + CSV, OWNER_ONLY),
				row("POST", ACCOUNT + "/invitations [Content-Type: application/x-ndjson]", OWNER_ONLY,
						(fixture, stage) -> "{\"email\":\"" + TestUsers.anAddress()
								+ "\",\"permissions\":[\"quotes\"]}"),
				row("POST", ACCOUNT + "/invitations [Content-Type: text/csv]", OWNER_ONLY,
						(fixture, stage) -> "email,permissions\n" + TestUsers.anAddress() + ",quotes"),
				row("POST", ACCOUNT + "/invitations", "401 404 403 403 201",
						(fixture, stage) -> Map.of("email", TestUsers.anAddress(), "permissions", List.of("quotes"))),
				row("GET", ACCOUNT + "/invitations", OWNER_ONLY), row("GET", INVITATION, OWNER_ONLY),
				row("GET", INVITATION + "/events", OWNER_ONLY), row("GET", INVITATION + "/permissions", OWNER_ONLY),
				row("PUT", INVITATION + "/permissions", OWNER_ONLY, (fixture, stage) -> INVOICES),
				row("POST", INVITATION + "/resend", OWNER_ONLY), row("POST", INVITATION + "/revoke", OWNER_ONLY),
				row("POST", V1 + "/invitations/preview", "200 200 200 200 200",
						(fixture, stage) -> Map.of("token", stage.token())),
				row("POST", V1 + "/invitations/accept", "401 403 403 403 403",
						(fixture, stage) -> Map.of("token", stage.token())),
				row("POST", V1 + "/invitations/decline", "204 204 204 204 204",
						(fixture, stage) -> Map.of("token", stage.token())),
				row("GET", V1 + "/me/invitations", ANY_SIGNED_IN_USER), page(""), page("/"), page("/sign-in"),
				page("/sign-up"), page("/forgotten-password"), page("/verification"), page("/password-reset"),
				page("/invitation"), page("/accounts"), page("/accounts/{account}"), page("/accounts/{account}/users"),
				page("/accounts/{account}/members/{user}"), page("/accounts/{account}/invitations/{invitation}"),
				page("/accounts/{account}/audit"), page("/console/{version}/{*file}"),
				row("GET", "/openapi.yaml", "200 200 200 200 200"), page("/docs"),
				row("GET", "/docs/{file}", "404 404 404 404 404"), page("/local/mailbox"),
				row("GET", "/local/mailbox/messages", "200 200 200 200 200"),
				row("GET", "/local/mailbox/messages/{message}", "404 404 404 404 404"),
				row("GET", "/local/mailbox/messages/{message}/html", "404 404 404 404 404"));
	}

	/**
	 * A page or file that is public because it contains no user data.
	 */
	private static Row page(String pattern) {
		return row("GET", pattern, "200 200 200 200 200");
	}

	private static Row row(String method, String pattern, String statuses) {
		return new Row(method, pattern, "", statuses, (fixture, stage) -> null);
	}

	private static Row row(String method, String pattern, String statuses,
			BiFunction<RoleFixture, Stage, @Nullable Object> body) {
		return new Row(method, pattern, "", statuses, body);
	}

	/**
	 * One route and the expected statuses.
	 *
	 * @param pattern the path pattern, followed by a required header in brackets
	 * @param query the query string of the request, or an empty string
	 * @param statuses the expected status of each role, separated by spaces
	 * @param body creates the body of the request, or null for a request without a body
	 */
	public record Row(String method, String pattern, String query, String statuses,
			BiFunction<RoleFixture, Stage, @Nullable Object> body) {

		public Row query(String text) {
			return new Row(this.method, this.pattern, text, this.statuses, this.body);
		}

		public String route() {
			return this.method + " " + this.pattern;
		}

		public String path() {
			return this.pattern.replaceAll(" \\[.*", "");
		}

		public boolean isStream() {
			return this.pattern.endsWith(EVENT_STREAM);
		}

		/**
		 * The name and value of the header that selects this route among all routes of
		 * its path, or an empty list.
		 */
		public List<String> header() {
			Matcher header = Pattern.compile(" \\[(.+): (.+)]").matcher(this.pattern);
			return header.find() ? List.of(header.group(1), header.group(2)) : List.of();
		}

		public boolean isInApi() {
			return this.pattern.startsWith(V1);
		}

		/**
		 * Whether anonymous callers can use the route.
		 */
		public boolean isPublic() {
			return !this.statuses.startsWith("401") || this.pattern.equals(V1 + "/invitations/accept");
		}

		public String target(Stage stage) {
			return stage.fill(path())
				.replaceFirst("^$", "/")
				.replace("{message}", UUID.randomUUID().toString())
				.replace("{version}/{*file}", "any/app.js")
				.replace("{file}", "openapi.yaml") + this.query;
		}

		public int expected(Role role) {
			return Integer.parseInt(this.statuses.split(" ", -1)[List.of(Role.values()).indexOf(role)]);
		}

		@Override
		public String toString() {
			return route();
		}

	}

}
