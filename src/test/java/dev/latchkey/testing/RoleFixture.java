package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken.Purpose;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import dev.latchkey.testing.Watcher;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The users of the {@link RoleMatrix}, and new accounts for them.
 */
public class RoleFixture {

	/**
	 * The roles that a caller can have in an account.
	 */
	public enum Role {

		ANONYMOUS, STRANGER, MEMBER, FULL_MEMBER, OWNER

	}

	public static final List<String> ALL = List.of("profile", "contacts", "products", "manageproducts", "productsso",
			"domains", "managedomains", "invoices", "quotes", "tickets", "affiliates", "emails", "orders");

	public final Service service;

	public final TestUsers people;

	private final TestDatabase database;

	private final Map<Role, Person> usersByRole = new EnumMap<>(Role.class);

	private @Nullable Stage unchangedStage;

	public RoleFixture(Service service, TestDatabase database) {
		this.service = service;
		this.database = database;
		this.people = new TestUsers(service);
		for (Role role : Role.values()) {
			if (role != Role.ANONYMOUS) {
				this.usersByRole.put(role, this.people.aUser());
			}
		}
	}

	public Person person(Role role) {
		Person person = this.usersByRole.get(role);
		return Objects.requireNonNull(person);
	}

	public Client client(Role role) {
		return (role == Role.ANONYMOUS) ? this.service.anonymous() : person(role).client();
	}

	/**
	 * Creates an account with its owner, a member with one permission, a member with all
	 * permissions and a pending invitation.
	 */
	public Stage stage() {
		Person owner = person(Role.OWNER);
		Response created = owner.client().post("/accounts", Map.of("name", "Harbour Lights"));
		Owner account = new Owner(owner, created.at("id"));
		join(account, person(Role.MEMBER), "tickets");
		join(account, person(Role.FULL_MEMBER), ALL.toArray(String[]::new));
		String invitee = TestUsers.anAddress();
		String invitation = account.invite(invitee, "invoices").at("id");
		return new Stage(account, person(Role.MEMBER).id(), invitation, invitee,
				token(account.account(), invitation, 1));
	}

	/**
	 * Returns an account like that of {@link #stage()}, always the same one, for requests
	 * that change nothing.
	 */
	public Stage unchangedStage() {
		Stage existing = this.unchangedStage;
		if (existing == null) {
			existing = stage();
			this.unchangedStage = existing;
		}
		return existing;
	}

	/**
	 * Sends the request of a row of the role matrix as each role. After a request that
	 * changed the account, the next role gets a new account.
	 * @return the status of each response
	 */
	public Map<Role, Integer> callAsEachRole(RoleMatrix.Row row) {
		Map<Role, Integer> statuses = new EnumMap<>(Role.class);
		boolean reads = row.method().equals("GET");
		Stage stage = reads ? unchangedStage() : stage();
		boolean changed = false;
		for (Role role : Role.values()) {
			stage = changed ? stage() : stage;
			int status = call(row, role, stage);
			statuses.put(role, status);
			changed = status < 400 && !reads;
		}
		return statuses;
	}

	/**
	 * Sends the request of a row of the role matrix.
	 * @return the status of the response
	 */
	public int call(RoleMatrix.Row row, Role role, Stage stage) {
		Client client = client(role);
		if (row.method().equals("DELETE") && row.path().endsWith("/session") && role != Role.ANONYMOUS) {
			client = this.people.signIn(person(role).address()).client();
		}
		if (row.isStream()) {
			try (Watcher watcher = client.watch(stage.owner().account(), null)) {
				return watcher.status();
			}
		}
		List<String> headers = new ArrayList<>(row.header());
		headers.addAll(List.of("If-Match", "\"1\""));
		return client.atRoot()
			.send(row.method(), row.target(stage), row.body().apply(this, stage), headers.toArray(String[]::new))
			.status();
	}

	/**
	 * Creates the link token that the mail of an invitation contains.
	 */
	public String token(String account, String invitation, int version) {
		return issueToken(Purpose.INVITATION, account, invitation, version);
	}

	/**
	 * Requests a sign-up and returns the link token of its mail.
	 */
	public String verificationToken() {
		String address = TestUsers.anAddress();
		assertThat(this.service.anonymous().post("/users", Map.of("email", address)).status()).isEqualTo(202);
		String id = queryText("select id::text from sign_up where canonical_email = ?", address);
		return issueToken(Purpose.VERIFICATION, id, id, 1);
	}

	/**
	 * Requests a password reset and returns the link token of its mail.
	 */
	public String resetToken(Person person) {
		assertThat(this.service.anonymous().post("/password-resets", Map.of("email", person.address())).status())
			.isEqualTo(202);
		String id = queryText("select id::text from password_reset where user_id = ?::uuid order by id desc limit 1",
				person.id());
		return issueToken(Purpose.PASSWORD_RESET, person.id(), id, 1);
	}

	private String issueToken(Purpose purpose, String scope, String subject, int version) {
		return this.service.bean(LinkTokens.class)
			.issue(purpose, UUID.fromString(scope), UUID.fromString(subject), version)
			.text();
	}

	private String queryText(String sql, String parameter) {
		return (String) this.database.rows(sql, parameter).get(0).values().iterator().next();
	}

	private void join(Owner account, Person person, String... permissions) {
		String invitation = account.invite(person.address(), permissions).at("id");
		Response accepted = person.client()
			.post("/invitations/accept", Map.of("token", token(account.account(), invitation, 1)));
		assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
	}

	/**
	 * An account with its content.
	 *
	 * @param member the id of the member with one permission
	 * @param invitation the id of the pending invitation
	 * @param invitee the invited address
	 * @param token the link token of the pending invitation
	 */
	public record Stage(Owner owner, String member, String invitation, String invitee, String token) {

		/**
		 * Replaces the variables of a path pattern by the ids of this account.
		 */
		public String fill(String pattern) {
			return pattern.replace("{account}", this.owner.account())
				.replace("{user}", this.member)
				.replace("{invitation}", this.invitation);
		}

	}

}
