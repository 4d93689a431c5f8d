package dev.latchkey;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.People;
import dev.latchkey.testing.People.Owner;
import dev.latchkey.testing.People.Person;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that mails through a real server, with people who speak English and German.
 */
record LanguageScene(TestDatabase database, MailServer mail, Service service, People people) implements AutoCloseable {

	static final String[] ENGLISH = { "Accept-Language", "en-GB, en;q=0.9" };

	static final String[] GERMAN = { "Accept-Language", "fr;q=0.9, de-AT;q=0.8, en;q=0.2" };

	static LanguageScene open() {
		return open((settings) -> settings);
	}

	static LanguageScene open(UnaryOperator<Service.Builder> settings) {
		TestDatabase database = TestDatabase.create();
		MailServer mail = MailServer.start();
		Service service = settings
			.apply(Service.on(database).mailingTo(mail).set("latchkey.invitations.resend-cooldown", "0s"))
			.start();
		return new LanguageScene(database, mail, service, new People(service));
	}

	@Override
	public void close() {
		this.service.close();
		this.mail.close();
	}

	Owner anOwner(String name, @Nullable String locale) {
		Person person = this.people.aUser();
		Map<String, Object> body = new LinkedHashMap<>(Map.of("name", name));
		if (locale != null) {
			body.put("locale", locale);
		}
		Answer created = person.client().post("/accounts", body);
		assertThat(created.status()).as(created.text()).isEqualTo(201);
		return new Owner(person, created.at("id"));
	}

	Answer invite(Owner owner, @Nullable String locale) {
		Map<String, Object> body = new LinkedHashMap<>(
				Map.of("email", People.anAddress(), "permissions", List.of("invoices", "domains")));
		if (locale != null) {
			body.put("locale", locale);
		}
		Answer invited = owner.client().post(owner.path("/invitations"), body);
		assertThat(invited.status()).as(invited.text()).isEqualTo(201);
		return invited;
	}

	Answer accept(Client client, Mail received, @Nullable String name, @Nullable String password) {
		Map<String, Object> body = new LinkedHashMap<>(Map.of("token", received.token()));
		if (name != null) {
			body.put("name", name);
		}
		if (password != null) {
			body.put("password", password);
		}
		return client.post("/invitations/accept", body, ENGLISH);
	}

	static void assertGerman(Answer refused, String code, String title, String detail) {
		assertThat(refused.code()).isEqualTo(code);
		assertThat(refused.at("title")).isEqualTo(title);
		assertThat(refused.at("detail")).isEqualTo(detail);
		assertThat(refused.header("Content-Language")).isEqualTo("de");
	}

}
