package dev.latchkey.invitation;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.StoreFixture;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An invitee uses a link again: after a double click, after a lost response, or when the
 * mail is opened again. The same answer succeeds again and changes nothing. Other people
 * only get to know that the link was used.
 */
@ServiceTest
class RepeatedAnswerTests {

	static TestDatabase database;

	static Service service;

	static TestUsers users;

	private Owner owner;

	private Person invitee;

	@BeforeAll
	static void start() {
		database = StoreFixture.shared().database();
		service = StoreFixture.shared().service();
		users = new TestUsers(service);
	}

	@BeforeEach
	void createUsers() {
		this.owner = users.anOwner();
		this.invitee = users.aUser();
	}

	@Test
	void acceptingAgainReturnsTheSameAndChangesNothing() {
		String invitation = invite(this.invitee.address());
		Response first = accept(this.invitee, invitation, 1);
		assertThat(first.status()).as(first.text()).isEqualTo(200);
		Map<String, Object> before = state();
		Response second = accept(this.invitee, invitation, 1);
		assertThat(second.status() + second.text()).isEqualTo(200 + first.text());
		assertThat(state()).isEqualTo(before);
		assertThat(events(invitation, "invitation.accepted")).isOne();
	}

	@Test
	void acceptingAgainReturnsTheEditedPermissions() {
		String invitation = invite(this.invitee.address());
		accept(this.invitee, invitation, 1);
		String path = this.owner.path("/members/" + this.invitee.id() + "/permissions");
		this.owner.client()
			.put(path, Map.of("permissions", List.of("quotes")), "If-Match",
					String.valueOf(this.owner.client().get(path).header("ETag")));
		Response again = accept(this.invitee, invitation, 1);
		assertThat(again.json().path("permissions").toString()).isEqualTo("[\"quotes\"]");
		assertThat(again.at("invitationId")).isEqualTo(invitation);
	}

	@Test
	void aFormerMemberIsRefusedUntilTheyReturn() {
		String first = invite(this.invitee.address());
		accept(this.invitee, first, 1);
		this.owner.client().delete(this.owner.path("/members/" + this.invitee.id()));
		assertUsed(accept(this.invitee, first, 1));
		assertUsed(preview(this.invitee.client(), first, 1));
		String second = invite(this.invitee.address());
		assertThat(accept(this.invitee, second, 1).status()).isEqualTo(200);
		assertThat(accept(this.invitee, first, 1).status()).isEqualTo(200);
		this.invitee.client().delete(this.owner.path("/members/me"));
		assertUsed(accept(this.invitee, second, 1));
	}

	@Test
	void otherPeopleOnlyLearnThatTheLinkWasUsed() {
		String invitation = invite(this.invitee.address());
		accept(this.invitee, invitation, 1);
		Person stranger = users.aUser();
		for (Response response : List.of(accept(stranger, invitation, 1), preview(stranger.client(), invitation, 1),
				accept(this.owner.person(), invitation, 1), preview(this.owner.client(), invitation, 1),
				preview(service.anonymous(), invitation, 1), decline(this.invitee.client(), invitation, 1))) {
			assertUsed(response);
			assertThat(response.text()).doesNotContain(this.owner.account());
		}
		assertThat(service.anonymous().post("/invitations/accept", Map.of("token", token(invitation, 1))).code())
			.isEqualTo("not-signed-in");
	}

	@Test
	void theMemberIsLedIntoTheAccountByEveryMailedLink() {
		String invitation = invite(this.invitee.address());
		database.update("update invitation set issued_at = issued_at - interval '2 minutes' where id = ?::uuid",
				invitation);
		assertThat(this.owner.client()
			.send("POST", this.owner.path("/invitations/" + invitation + "/resend"), null)
			.status()).isEqualTo(200);
		assertThat(accept(this.invitee, invitation, 1).code()).isEqualTo("superseded");
		Response accepted = accept(this.invitee, invitation, 2);
		for (int version = 1; version <= 2; version++) {
			Response preview = preview(this.invitee.client(), invitation, version);
			assertThat(preview.code()).isEqualTo("used");
			assertThat(preview.at("accountId")).isEqualTo(this.owner.account());
			assertThat(accept(this.invitee, invitation, version).text()).isEqualTo(accepted.text());
			assertUsed(preview(service.anonymous(), invitation, version));
		}
	}

	@Test
	void aNewUserRepeatsTheAcceptanceWithTheSamePassword() {
		String address = TestUsers.anAddress();
		String invitation = invite(address);
		Response first = register(invitation, TestUsers.PASSWORD);
		Map<String, Object> before = state();
		Response second = register(invitation, TestUsers.PASSWORD);
		assertThat(second.status()).as(second.text()).isEqualTo(200);
		assertThat(second.json().path("permissions")).isEqualTo(first.json().path("permissions"));
		assertThat(second.json().at("/session/user")).isEqualTo(first.json().at("/session/user"));
		assertThat(service.anonymous()
			.with(second.json().at("/session/token").asString())
			.get(this.owner.path(""))
			.status()).isEqualTo(200);
		assertThat(state()).isEqualTo(before);
		assertThat(events(invitation, "invitation.accepted")).isOne();
	}

	@Test
	void anotherPasswordThanThatOfTheNewUserCountsAsAFailedSignIn() {
		String address = TestUsers.anAddress();
		String invitation = invite(address);
		register(invitation, TestUsers.PASSWORD);
		for (int attempt = 0; attempt < 10; attempt++) {
			assertUsed(register(invitation, "not the password"));
		}
		Response limited = register(invitation, TestUsers.PASSWORD);
		assertThat(limited.status() + " " + limited.code()).isEqualTo("429 limit-reached");
		assertThat(limited.header("Retry-After")).isNotNull();
		assertThat(
				service.anonymous().post("/session", Map.of("email", address, "password", TestUsers.PASSWORD)).code())
			.isEqualTo("limit-reached");
	}

	@Test
	void decliningAgainSucceedsAndKeepsTheFirstReason() {
		String invitation = invite(this.invitee.address());
		Client anonymous = service.anonymous();
		assertThat(anonymous
			.post("/invitations/decline", Map.of("token", token(invitation, 1), "reason", "Not my department"))
			.status()).isEqualTo(204);
		Map<String, Object> before = state();
		assertThat(anonymous.post("/invitations/decline", Map.of("token", token(invitation, 1), "reason", "Late"))
			.status()).isEqualTo(204);
		assertThat(decline(anonymous, invitation, 1).status()).isEqualTo(204);
		assertThat(state()).isEqualTo(before);
		assertThat(events(invitation, "invitation.declined")).isOne();
		assertThat(this.owner.client().get(this.owner.path("/invitations/" + invitation)).at("declineReason"))
			.isEqualTo("Not my department");
		assertUsed(accept(this.invitee, invitation, 1));
		assertUsed(preview(this.invitee.client(), invitation, 1));
	}

	private String invite(String address) {
		Response invited = this.owner.invite(address, "invoices");
		assertThat(invited.status()).as(invited.text()).isEqualTo(201);
		return invited.at("id");
	}

	private Response accept(Person person, String invitation, int version) {
		return person.client().post("/invitations/accept", Map.of("token", token(invitation, version)));
	}

	private Response register(String invitation, String password) {
		return service.anonymous()
			.post("/invitations/accept", Map.of("token", token(invitation, 1), "name", "New", "password", password));
	}

	private Response decline(Client client, String invitation, int version) {
		return client.post("/invitations/decline", Map.of("token", token(invitation, version)));
	}

	private Response preview(Client client, String invitation, int version) {
		return client.post("/invitations/preview", Map.of("token", token(invitation, version)));
	}

	private String token(String invitation, int version) {
		return service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, UUID.fromString(this.owner.account()), UUID.fromString(invitation),
					version)
			.text();
	}

	/**
	 * What an answer changes in the account. The mail may be sent at any time.
	 */
	private Map<String, Object> state() {
		return database.rows("""
				select members_version, member_count, pending_count, accepted_count, declined_count,
				       (select count(*) from outbox o where o.shard_id = a.id and o.topic <> 'invitation') as mails,
				       (select string_agg(m::text, ';' order by m.number) from membership m where m.account_id = a.id)
				           as members,
				       (select string_agg(i.status || i.ended_at, ';' order by i.number) from invitation i
				         where i.account_id = a.id) as invitations
				  from account a where id = ?::uuid
				""", this.owner.account()).get(0);
	}

	private static long events(String invitation, String type) {
		return database.number("select count(*) from account_event where invitation_id = ?::uuid and type = ?",
				invitation, type);
	}

	private static void assertUsed(Response response) {
		assertThat(response.status() + " " + response.code()).isEqualTo("410 used");
		assertThat(response.json().has("accountId")).isFalse();
	}

}
