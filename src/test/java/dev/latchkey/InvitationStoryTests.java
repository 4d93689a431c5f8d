package dev.latchkey;

import java.util.Map;

import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.People;
import dev.latchkey.testing.People.Owner;
import dev.latchkey.testing.People.Person;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The main job, end to end, on real parts.
 */
class InvitationStoryTests {

	static MailServer mail;

	static Service service;

	static People people;

	@BeforeAll
	static void start() {
		mail = MailServer.start();
		service = Service.on(TestDatabase.create()).mailingTo(mail).start();
		people = new People(service);
	}

	@AfterAll
	static void stop() {
		service.close();
		mail.close();
	}

	@Test
	void aKnownUserAcceptsByTheMailedLink() {
		Owner owner = people.anOwner();
		Person invitee = people.aUser();
		assertThat(owner.invite(invitee.address(), "invoices").status()).isEqualTo(201);
		String token = mail.awaitMail(invitee.address()).token();
		Answer accepted = invitee.client().post("/invitations/accept", Map.of("token", token));
		assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
		assertThat(invitee.client().get(owner.path("/access?permission=invoices")).status()).isEqualTo(204);
	}

}
