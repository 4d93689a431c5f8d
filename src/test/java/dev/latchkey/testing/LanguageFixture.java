package dev.latchkey.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service with a real mail server, for tests in English and German.
 */
public record LanguageFixture(TestDatabase database, MailServer mail, Service service,
		TestUsers users) implements AutoCloseable {

	public static String[] english() {
		return new String[] { "Accept-Language", "en-GB, en;q=0.9" };
	}

	public static String[] german() {
		return new String[] { "Accept-Language", "fr;q=0.9, de-AT;q=0.8, en;q=0.2" };
	}

	public static LanguageFixture open() {
		return open((settings) -> settings);
	}

	public static LanguageFixture open(UnaryOperator<Service.Builder> settings) {
		TestDatabase database = TestDatabase.create();
		MailServer mail = MailServer.start();
		Service service = settings
			.apply(Service.on(database).mailingTo(mail).set("latchkey.invitations.resend-cooldown", "0s"))
			.start();
		return new LanguageFixture(database, mail, service, new TestUsers(service));
	}

	@Override
	public void close() {
		this.service.close();
		this.mail.close();
	}

	public Owner anOwner(String name, @Nullable String locale) {
		Person person = this.users.aUser();
		Map<String, Object> body = new LinkedHashMap<>(Map.of("name", name));
		if (locale != null) {
			body.put("locale", locale);
		}
		Response created = person.client().post("/accounts", body);
		assertThat(created.status()).as(created.text()).isEqualTo(201);
		return new Owner(person, created.at("id"));
	}

	public Response invite(Owner owner, @Nullable String locale) {
		Map<String, Object> body = new LinkedHashMap<>(
				Map.of("email", TestUsers.anAddress(), "permissions", List.of("invoices", "domains")));
		if (locale != null) {
			body.put("locale", locale);
		}
		Response invited = owner.client().post(owner.path("/invitations"), body);
		assertThat(invited.status()).as(invited.text()).isEqualTo(201);
		return invited;
	}

	public Response accept(Client client, Mail received, @Nullable String name, @Nullable String password) {
		Map<String, Object> body = new LinkedHashMap<>(Map.of("token", received.token()));
		if (name != null) {
			body.put("name", name);
		}
		if (password != null) {
			body.put("password", password);
		}
		return client.post("/invitations/accept", body, english());
	}

	public static void assertGerman(Response refused, String code, String title, String detail) {
		assertThat(refused.code()).isEqualTo(code);
		assertThat(refused.at("title")).isEqualTo(title);
		assertThat(refused.at("detail")).isEqualTo(detail);
		assertThat(refused.header("Content-Language")).isEqualTo("de");
	}

}
