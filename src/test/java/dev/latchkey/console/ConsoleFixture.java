package dev.latchkey.console;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.Cookie;
import dev.latchkey.linktoken.LinkToken.Purpose;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.Browser;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running service with its database and its mail server, and browsers that come to it.
 */
final class ConsoleFixture implements AutoCloseable {

	final TestDatabase database = TestDatabase.create();

	final MailServer mails = MailServer.start();

	final Service service;

	final TestUsers people;

	ConsoleFixture() {
		this.service = Service.on(this.database).mailingTo(this.mails).start();
		this.people = new TestUsers(this.service);
	}

	/**
	 * A scene whose mail goes to a server of another kind.
	 */
	ConsoleFixture(int mailPort) {
		this.service = Service.on(this.database)
			.mailingTo(this.mails)
			.set("latchkey.mail.port", Integer.toString(mailPort))
			.start();
		this.people = new TestUsers(this.service);
	}

	/**
	 * The owner of a fresh account with this name.
	 */
	Owner owner(String account) {
		return this.people.anOwner(this.people.aUser(), account);
	}

	/**
	 * Somebody who is not signed in. The console asks who they are and hears 401.
	 */
	BrowserVisitor visit() {
		return visit((options) -> {
		});
	}

	BrowserVisitor visit(Consumer<NewContextOptions> special) {
		return Browser.visit(this.service.url(), special).expecting("401 (Unauthorized)");
	}

	/**
	 * Somebody who has signed in before.
	 */
	BrowserVisitor visit(Person person) {
		return visit(person, (options) -> {
		});
	}

	BrowserVisitor visit(Person person, Consumer<NewContextOptions> special) {
		return visit(this.service, person, special);
	}

	/**
	 * The same at any replica.
	 */
	static BrowserVisitor visit(Service service, Person person, Consumer<NewContextOptions> special) {
		BrowserVisitor visitor = Browser.visit(service.url(), special);
		String token = Objects.requireNonNull(person.client().token());
		visitor.context().addCookies(List.of(new Cookie("latchkey", token).setUrl(service.url())));
		return visitor;
	}

	/**
	 * An owner with a window on a page of the account.
	 * @param path below the account, such as {@code /users}
	 */
	static Screen open(BrowserVisitor visitor, Owner owner, String path) {
		return Screen.of(visitor.open("/accounts/" + owner.account() + path));
	}

	/**
	 * Invites somebody.
	 * @return the invitation's id
	 */
	static String invite(Owner owner, String address, String... permissions) {
		Answer answer = owner.invite(address, permissions);
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return answer.at("id");
	}

	/**
	 * Where the link leads that somebody has got by mail, without the host.
	 */
	String mailedPath(String address, String page, int mail) {
		return page + "#" + this.mails.awaitMail(address, mail).token();
	}

	/**
	 * The secret that the first mail of an invitation carries, as the service makes it.
	 */
	String token(Owner owner, String invitation) {
		return this.service.bean(LinkTokens.class)
			.issue(Purpose.INVITATION, UUID.fromString(owner.account()), UUID.fromString(invitation), 1)
			.text();
	}

	/**
	 * Makes somebody a member, by an invitation that they accept.
	 */
	void join(Owner owner, Person person, String... permissions) {
		accept(owner, invite(owner, person.address(), permissions), person);
	}

	/**
	 * Accepts an invitation, whether or not its mail has gone.
	 */
	void accept(Owner owner, String invitation, Person person) {
		Answer accepted = person.client().post("/invitations/accept", Map.of("token", token(owner, invitation)));
		assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
	}

	@Override
	public void close() {
		this.service.close();
		this.mails.close();
	}

}
