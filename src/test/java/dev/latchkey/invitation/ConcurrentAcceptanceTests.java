package dev.latchkey.invitation;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Concurrently;
import dev.latchkey.testing.OutboxRecord;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the same acceptance many times at once. Every client gets the same success, and
 * the change is made once.
 */
@ServiceTest
class ConcurrentAcceptanceTests {

	static TestDatabase database;

	static Service service;

	static OutboxRecord outbox;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.invitations.resend-cooldown", "0s")
			.set("latchkey.invitations.sweep-interval", "1h")
			.start();
		outbox = OutboxRecord.of(database, false);
	}

	@AfterAll
	static void checkAllAccountsAndStop() {
		service.bean(ExpirySweep.class).sweep().block();
		new AccountAudit(database).check();
		outbox.checkOneMailForEachLink();
		service.close();
	}

	@Test
	void aHundredConcurrentAcceptsSucceedAndChangeOnce() {
		TestUsers users = new TestUsers(service);
		Owner owner = users.anOwner();
		Person invitee = users.aUser();
		Response invited = owner.invite(invitee.address(), "invoices");
		String token = token(owner, invited);
		List<Response> answers = Concurrently.run(100,
				() -> invitee.client().post("/invitations/accept", Map.of("token", token)));
		assertThat(answers).extracting(Response::status).containsOnly(200);
		assertThat(answers).extracting(Response::text).containsOnly(answers.get(0).text());
		assertAcceptedOnce(invited, invitee.id());
	}

	@Test
	void fiveConcurrentAcceptsOfANewUserSucceedAndCreateOneLogin() {
		Owner owner = new TestUsers(service).anOwner();
		String address = TestUsers.anAddress();
		Response invited = owner.invite(address, "invoices");
		String token = token(owner, invited);
		List<Response> answers = Concurrently.run(5, () -> service.anonymous()
			.post("/invitations/accept", Map.of("token", token, "name", "New", "password", TestUsers.PASSWORD)));
		assertThat(answers).extracting(Response::status).containsOnly(200);
		assertThat(answers).extracting((answer) -> answer.json().at("/session/token").asString())
			.doesNotHaveDuplicates();
		assertThat(database.number("select count(*) from users where canonical_email = ?", address)).isOne();
		assertAcceptedOnce(invited, answers.get(0).json().at("/session/user/id").asString());
	}

	private static String token(Owner owner, Response invited) {
		return service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, UUID.fromString(owner.account()), UUID.fromString(invited.at("id")), 1)
			.text();
	}

	private static void assertAcceptedOnce(Response invited, String user) {
		assertThat(database.number("select count(*) from membership where user_id = ?", UUID.fromString(user))).isOne();
		assertThat(database.number(
				"select count(*) from account_event where invitation_id = ? and type = 'invitation.accepted'",
				UUID.fromString(invited.at("id"))))
			.isOne();
	}

}
