package dev.latchkey;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.PagedList;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import dev.latchkey.testing.Watcher;
import dev.latchkey.testing.Watcher.Seen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The main scenario, end to end, with a real database and mail server: an owner and four
 * invitees, by what they see over HTTP and in their mails. The service sweeps only once
 * an hour, so that an overdue invitation can be read before it is marked; a second
 * replica marks it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InvitationStory {

	private static final String ACCOUNT_NAME = "Harbour & Sons Hosting";

	private static final List<String> EXPECTED = List.of("account.created", "invitation.created", "invitation.sent",
			"invitation.created", "invitation.sent", "invitation.created", "invitation.sent", "invitation.created",
			"invitation.sent", "invitation.permissions-changed", "invitation.accepted", "invitation.accepted",
			"invitation.declined", "invitation.expired", "invitation.resent", "invitation.sent", "invitation.accepted",
			"member.permissions-changed", "member.removed");

	private TestDatabase database;

	private MailServer mail;

	private Service service;

	private @Nullable Service sweepingReplica;

	private TestUsers users;

	private Owner owner;

	private String startPosition;

	private Watcher watcher;

	/**
	 * Creates the database to run on.
	 */
	protected abstract TestDatabase createDatabase();

	/**
	 * Called after the test.
	 */
	protected void destroyDatabase() {
	}

	@BeforeAll
	void start() {
		database = createDatabase();
		mail = MailServer.start();
		service = Service.on(database).mailingTo(mail).set("latchkey.invitations.sweep-interval", "1h").start();
		users = new TestUsers(service);
		Person person = users.aUser();
		Response account = person.client().post("/accounts", Map.of("name", ACCOUNT_NAME));
		owner = new Owner(person, account.at("id"));
		startPosition = owner.client().get(owner.path("/invitations")).at("position").replaceAll("-.*", "-0");
		watcher = owner.client().watch(owner.account(), startPosition);
	}

	@AfterAll
	void stop() {
		watcher.close();
		if (sweepingReplica != null) {
			sweepingReplica.close();
		}
		service.close();
		mail.close();
		destroyDatabase();
	}

	@Test
	void ownerAndInviteesCompleteTheScenarioAndTheFeedReportsEachEventOnceInOrder() {
		String newUserAddress = TestUsers.anAddress();
		Person known = users.aUser();
		String decliningAddress = TestUsers.anAddress();
		String lateAddress = TestUsers.anAddress();
		String newUsersInvitation = invite(newUserAddress, "invoices", "quotes");
		invite(known.address(), "tickets");
		String declinedInvitation = invite(decliningAddress, "orders");
		String lateInvitation = invite(lateAddress, "domains");

		editWhilePending(newUsersInvitation);
		Person newUser = previewAndAcceptAsNewUser(newUserAddress);
		acceptAsKnownUser(known);
		decline(declinedInvitation, decliningAddress);
		letSevenDaysPass(lateInvitation, lateAddress);
		resendAndAccept(lateInvitation, lateAddress);
		editMember(newUser);
		remove(known);

		assertThat(watcher.seen()).extracting(Seen::event).isEqualTo(EXPECTED);
		assertThat(watcher.seen()).extracting(Seen::seq)
			.containsExactlyElementsOf(LongStream.rangeClosed(1, EXPECTED.size()).boxed().toList());
		assertThat(watcher.seen()).extracting((seen) -> seen.data().path("seq").asLong())
			.containsExactlyElementsOf(LongStream.rangeClosed(1, EXPECTED.size()).boxed().toList());
		thePagesContainTheSameEvents();
		aLostStreamContinuesAfterTheLastEvent();
	}

	/**
	 * Invites an address and waits for the mail.
	 */
	private String invite(String address, String... permissions) {
		Response invited = owner.invite(address, permissions);
		assertThat(invited.status()).as(invited.text()).isEqualTo(201);
		awaitEvent("invitation.sent");
		Mail received = mail.awaitMail(address);
		assertThat(received.subject()).isEqualTo(ACCOUNT_NAME + " has invited you to their account");
		Response read = owner.client().get(owner.path("/invitations/" + invited.at("id")));
		assertThat(read.at("status")).isEqualTo("pending");
		assertThat(read.json().path("delivery").path("status").asString()).isEqualTo("sent");
		return invited.at("id");
	}

	private void editWhilePending(String invitation) {
		String path = owner.path("/invitations/" + invitation + "/permissions");
		Response edited = owner.client()
			.put(path, Map.of("permissions", List.of("invoices", "contacts")), "If-Match", etag(path));
		assertThat(edited.status()).as(edited.text()).isEqualTo(200);
		Seen event = awaitEvent("invitation.permissions-changed");
		assertThat(keys(event.data(), "previous")).containsExactlyInAnyOrder("invoices", "quotes");
		assertThat(keys(event.data(), "permissions")).containsExactlyInAnyOrder("contacts", "invoices");
	}

	private Person previewAndAcceptAsNewUser(String address) {
		String token = mail.awaitMail(address).token();
		Client anonymous = service.anonymous();
		for (int attempt = 0; attempt < 2; attempt++) {
			Response preview = anonymous.post("/invitations/preview", Map.of("token", token));
			assertThat(preview.status()).as(preview.text()).isEqualTo(200);
			assertThat(preview.json().path("account").path("name").asString()).isEqualTo(ACCOUNT_NAME);
			assertThat(preview.json().path("loginExists").asBoolean()).isFalse();
			assertThat(preview.text()).contains("\"contacts\"").doesNotContain("\"quotes\"").doesNotContain(address);
		}
		Response accepted = anonymous.post("/invitations/accept", login("Stran Ger", token));
		assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
		awaitEvent("invitation.accepted");
		JsonNode session = accepted.json().path("session");
		Person newUser = new Person(session.path("user").path("id").asString(), address,
				anonymous.with(session.path("token").asString()));
		assertThat(access(newUser, "contacts")).isEqualTo(204);
		assertThat(access(newUser, "quotes")).isEqualTo(403);
		return newUser;
	}

	private void acceptAsKnownUser(Person known) {
		Person signedIn = users.signIn(known.address());
		assertThat(access(signedIn, "tickets")).isEqualTo(403);
		Response accepted = signedIn.client()
			.post("/invitations/accept", Map.of("token", mail.awaitMail(known.address()).token()));
		assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
		awaitEvent("invitation.accepted");
		assertThat(access(signedIn, "tickets")).isEqualTo(204);
	}

	private void decline(String invitation, String address) {
		String token = mail.awaitMail(address).token();
		Response declined = service.anonymous()
			.post("/invitations/decline", Map.of("token", token, "reason", "Not my department"));
		assertThat(declined.status()).as(declined.text()).isEqualTo(204);
		Seen event = awaitEvent("invitation.declined");
		assertThat(event.data().path("invitation").path("declineReason").asString()).isEqualTo("Not my department");
		Response read = owner.client().get(owner.path("/invitations/" + invitation));
		assertThat(List.of(read.at("status"), read.at("declineReason"))).containsExactly("declined",
				"Not my department");
	}

	private void letSevenDaysPass(String invitation, String address) {
		assertThat(database.letSevenDaysPass(owner.account(), address)).isEqualTo(1);
		assertThat(owner.client().get(owner.path("/invitations/" + invitation)).at("status")).isEqualTo("expired");
		JsonNode expired = owner.client().get(owner.path("/invitations?status=expired")).json();
		assertThat(expired.path("items")).hasSize(1);
		assertThat(expired.path("items").path(0).path("id").asString()).isEqualTo(invitation);
		assertThat(owner.client().get(owner.path("/invitations?status=pending")).json().path("items")).isEmpty();
		assertThat(expired.path("counts").toString())
			.isEqualTo("{\"pending\":0,\"accepted\":2,\"declined\":1,\"revoked\":0,\"expired\":1}");
		String token = mail.awaitMail(address).token();
		Response preview = service.anonymous().post("/invitations/preview", Map.of("token", token));
		assertThat(List.of(preview.status(), preview.code())).isEqualTo(List.of(410, "expired"));
		assertThat(database.number("select count(*) from account_event where type = 'invitation.expired'")).isZero();
		sweepingReplica = Service.on(database).mailingTo(mail).start();
		awaitEvent("invitation.expired");
		assertThat(owner.client().get(owner.path("/invitations")).json().path("counts"))
			.isEqualTo(expired.path("counts"));
	}

	private void resendAndAccept(String invitation, String address) {
		String old = mail.awaitMail(address).token();
		Response resent = owner.client().send("POST", owner.path("/invitations/" + invitation + "/resend"), null);
		assertThat(resent.status()).as(resent.text()).isEqualTo(200);
		assertThat(List.of(resent.at("status"), resent.json().path("sendCount").asInt()))
			.isEqualTo(List.of("pending", 2));
		Response refused = service.anonymous().post("/invitations/accept", login("La Te", old));
		assertThat(List.of(refused.status(), refused.code())).isEqualTo(List.of(410, "superseded"));
		awaitEvent("invitation.sent");
		Response accepted = service.anonymous()
			.post("/invitations/accept", login("La Te", mail.awaitMail(address, 2).token()));
		assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
		awaitEvent("invitation.accepted");
	}

	private void editMember(Person member) {
		String path = owner.path("/members/" + member.id() + "/permissions");
		Response edited = owner.client().put(path, Map.of("permissions", List.of("quotes")), "If-Match", etag(path));
		assertThat(edited.status()).as(edited.text()).isEqualTo(200);
		assertThat(List.of(access(member, "quotes"), access(member, "contacts"), access(member, "invoices")))
			.containsExactly(204, 403, 403);
		awaitEvent("member.permissions-changed");
	}

	private void remove(Person member) {
		assertThat(member.client().get(owner.path("")).status()).isEqualTo(200);
		assertThat(owner.client().delete(owner.path("/members/" + member.id())).status()).isEqualTo(204);
		assertThat(member.client().get(owner.path("")).status()).isEqualTo(404);
		assertThat(access(member, "tickets")).isEqualTo(403);
		awaitEvent("member.removed");
	}

	private void thePagesContainTheSameEvents() {
		List<JsonNode> streamed = watcher.seen().stream().map(Seen::data).toList();
		assertThat(PagedList.eventsAfter(owner.client(), owner.account(), startPosition, 4)).isEqualTo(streamed);
		List<JsonNode> newestFirst = PagedList.all(owner.client(), owner.path("/events?limit=7"));
		Collections.reverse(newestFirst);
		assertThat(newestFirst).isEqualTo(streamed);
	}

	/**
	 * The event after the last one of the scenario shows that none was sent twice.
	 */
	private void aLostStreamContinuesAfterTheLastEvent() {
		List<Seen> streamed = watcher.seen();
		Seen middle = streamed.get(streamed.size() / 2);
		try (Watcher resumed = owner.client().resume(owner.account(), String.valueOf(middle.id()))) {
			owner.invite(TestUsers.anAddress(), "emails");
			Seen last = resumed.await((seen) -> seen.seq() > streamed.size());
			assertThat(last.event()).isEqualTo("invitation.created");
			assertThat(resumed.seen().subList(0, resumed.seen().size() - 1))
				.isEqualTo(streamed.subList((int) middle.seq(), streamed.size()));
		}
	}

	private Seen awaitEvent(String event) {
		return watcher.await((seen) -> seen.event().equals(event));
	}

	private int access(Person person, String permission) {
		return person.client().get(owner.path("/access?permission=" + permission)).status();
	}

	private String etag(String path) {
		return String.valueOf(owner.client().get(path).header("ETag"));
	}

	private List<String> keys(JsonNode data, String name) {
		return StreamSupport.stream(data.path(name).spliterator(), false).map(JsonNode::asString).toList();
	}

	private Map<String, String> login(String name, String token) {
		return Map.of("token", token, "name", name, "password", TestUsers.PASSWORD);
	}

}
