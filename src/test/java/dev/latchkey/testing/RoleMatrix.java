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
 * Who may do what: for each route the status that an anonymous caller, a stranger, a
 * member with one permission, a member with all thirteen, and the owner get.
 */
public final class RoleMatrix {

	private static final String V1 = "/api/v1";

	private static final String ACCOUNT = V1 + "/accounts/{account}";

	private static final String INVITATION = ACCOUNT + "/invitations/{invitation}";

	private static final String EVENT_STREAM = " [Accept: text/event-stream]";

	private static final String NDJSON = " [Accept: application/x-ndjson]";

	private static final String CSV = " [Accept: text/csv]";

	private static final String EVERYBODY_SIGNED_IN = "401 200 200 200 200";

	private static final String OWNER_READS = "401 404 403 403 200";

	private static final Map<String, Object> INVOICES = Map.of("permissions", List.of("invoices"));

	private RoleMatrix() {
	}

	public static List<Row> rows() {
		return List.of(
				row("POST", V1 + "/users", "202 202 202 202 202",
						(scene, stage) -> Map.of("email", TestUsers.anAddress())),
				row("POST", V1 + "/users/verification", "201 201 201 201 201",
						(scene, stage) -> Map.of("token", scene.verificationToken(), "name", "Ada", "password",
								TestUsers.PASSWORD)),
				row("POST", V1 + "/password-resets", "202 202 202 202 202",
						(scene, stage) -> Map.of("email", TestUsers.anAddress())),
				row("POST", V1 + "/password-resets/confirmation", "204 204 204 204 204",
						(scene, stage) -> Map.of("token", scene.resetToken(scene.people.aUser()), "password",
								TestUsers.PASSWORD)),
				row("POST", V1 + "/session", "201 201 201 201 201",
						(scene, stage) -> Map.of("email", scene.person(Role.STRANGER).address(), "password",
								TestUsers.PASSWORD)),
				row("GET", V1 + "/session", EVERYBODY_SIGNED_IN), row("DELETE", V1 + "/session", "401 204 204 204 204"),
				row("GET", V1 + "/permissions", "200 200 200 200 200"),
				row("POST", V1 + "/accounts", "401 201 201 201 201", (scene, stage) -> Map.of("name", "Another")),
				row("GET", V1 + "/accounts", EVERYBODY_SIGNED_IN), row("GET", ACCOUNT, "401 404 200 200 200"),
				row("PUT", ACCOUNT + "/invitation-validity", OWNER_READS,
						(scene, stage) -> Map.of("expiresInDays", 14)),
				row("PUT", ACCOUNT + "/ownership-transfer", OWNER_READS,
						(scene, stage) -> Map.of("userId", stage.fill("{user}"), "password", TestUsers.PASSWORD)),
				row("DELETE", ACCOUNT + "/ownership-transfer", "401 404 404 404 404"),
				row("POST", ACCOUNT + "/ownership-transfer/accept", "401 404 404 404 404"),
				row("GET", ACCOUNT + "/access", "401 403 403 204 204").query("?permission=orders"),
				row("GET", ACCOUNT + "/members", OWNER_READS),
				row("GET", ACCOUNT + "/members/me", "401 404 200 200 200"),
				row("DELETE", ACCOUNT + "/members/me", "401 404 204 204 409"),
				row("GET", ACCOUNT + "/members/{user}", OWNER_READS),
				row("DELETE", ACCOUNT + "/members/{user}", "401 404 403 403 204"),
				row("GET", ACCOUNT + "/members/{user}/permissions", OWNER_READS),
				row("PUT", ACCOUNT + "/members/{user}/permissions", OWNER_READS, (scene, stage) -> INVOICES),
				row("GET", ACCOUNT + "/members" + NDJSON, OWNER_READS),
				row("GET", ACCOUNT + "/members" + CSV, OWNER_READS), row("GET", ACCOUNT + "/events", OWNER_READS),
				row("GET", ACCOUNT + "/events" + EVENT_STREAM, OWNER_READS),
				row("GET", ACCOUNT + "/events" + NDJSON, OWNER_READS),
				row("GET", ACCOUNT + "/events" + CSV, OWNER_READS),
				row("GET", ACCOUNT + "/invitations" + NDJSON, OWNER_READS),
				row("GET", ACCOUNT + "/invitations" + CSV, OWNER_READS),
				row("POST", ACCOUNT + "/invitations [Content-Type: application/x-ndjson]", OWNER_READS,
						(scene, stage) -> "{\"email\":\"" + TestUsers.anAddress() + "\",\"permissions\":[\"quotes\"]}"),
				row("POST", ACCOUNT + "/invitations [Content-Type: text/csv]", OWNER_READS,
						(scene, stage) -> "email,permissions\n" + TestUsers.anAddress() + ",quotes"),
				row("POST", ACCOUNT + "/invitations", "401 404 403 403 201",
						(scene, stage) -> Map.of("email", TestUsers.anAddress(), "permissions", List.of("quotes"))),
				row("GET", ACCOUNT + "/invitations", OWNER_READS), row("GET", INVITATION, OWNER_READS),
				row("GET", INVITATION + "/events", OWNER_READS), row("GET", INVITATION + "/permissions", OWNER_READS),
				row("PUT", INVITATION + "/permissions", OWNER_READS, (scene, stage) -> INVOICES),
				row("POST", INVITATION + "/resend", OWNER_READS), row("POST", INVITATION + "/revoke", OWNER_READS),
				row("POST", V1 + "/invitations/preview", "200 200 200 200 200",
						(scene, stage) -> Map.of("token", stage.token())),
				row("POST", V1 + "/invitations/accept", "401 403 403 403 403",
						(scene, stage) -> Map.of("token", stage.token())),
				row("POST", V1 + "/invitations/decline", "204 204 204 204 204",
						(scene, stage) -> Map.of("token", stage.token())),
				row("GET", V1 + "/me/invitations", EVERYBODY_SIGNED_IN), page(""), page("/"), page("/sign-in"),
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
	 * What the console is made of: the same for everybody, it holds nothing of anybody.
	 */
	private static Row page(String pattern) {
		return row("GET", pattern, "200 200 200 200 200");
	}

	private static Row row(String method, String pattern, String statuses) {
		return new Row(method, pattern, "", statuses, (scene, stage) -> null);
	}

	private static Row row(String method, String pattern, String statuses,
			BiFunction<RoleFixture, Stage, @Nullable Object> body) {
		return new Row(method, pattern, "", statuses, body);
	}

	/**
	 * What each role gets from one route.
	 *
	 * @param pattern the route's path pattern, with what else it asks for in brackets
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

		public boolean stream() {
			return this.pattern.endsWith(EVENT_STREAM);
		}

		/**
		 * The header that leads to this route and no other one of its path.
		 */
		public List<String> header() {
			Matcher named = Pattern.compile(" \\[(.+): (.+)]").matcher(this.pattern);
			return named.find() ? List.of(named.group(1), named.group(2)) : List.of();
		}

		public boolean inApi() {
			return this.pattern.startsWith(V1);
		}

		/**
		 * Open to callers who are not signed in.
		 */
		public boolean open() {
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
