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
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running service with its database and its mail server, and browsers that visit it.
 * Most classes share one, so each test uses its own accounts and addresses.
 */
final class ConsoleFixture implements AutoCloseable {

	private static @Nullable ConsoleFixture shared;

	final TestDatabase database = TestDatabase.create();

	final MailServer mails = MailServer.start();

	final Service service;

	final TestUsers people;

	/**
	 * The event loops are its own, because other classes close their replicas while this
	 * service runs.
	 */
	private ConsoleFixture() {
		this.service = Service.on(this.database).mailingTo(this.mails).withOwnEventLoops().start();
		this.people = new TestUsers(this.service);
	}

	/**
	 * Starts a service that sends its mail to another server.
	 * @param mailPort the port of that server
	 */
	ConsoleFixture(int mailPort) {
		this.service = Service.on(this.database)
			.mailingTo(this.mails)
			.set("latchkey.mail.port", Integer.toString(mailPort))
			.start();
		this.people = new TestUsers(this.service);
	}

	/**
	 * Returns the fixture of this JVM. It is not closed before the JVM ends.
	 */
	static synchronized ConsoleFixture shared() {
		ConsoleFixture running = shared;
		if (running == null) {
			running = new ConsoleFixture();
			shared = running;
			TestDatabase.beforeStop(running::close);
		}
		return running;
	}

	/**
	 * The owner of a new account with this name.
	 */
	Owner owner(String account) {
		return this.people.anOwner(this.people.aUser(), account);
	}

	/**
	 * A visitor who is not signed in. The console requests the session and gets a 401.
	 */
	BrowserVisitor visit() {
		return visit((options) -> {
		});
	}

	BrowserVisitor visit(Consumer<NewContextOptions> customizer) {
		return Browser.visit(this.service.url(), customizer).expecting("401 (Unauthorized)");
	}

	/**
	 * A visitor who is signed in.
	 */
	BrowserVisitor visit(Person person) {
		return visit(person, (options) -> {
		});
	}

	BrowserVisitor visit(Person person, Consumer<NewContextOptions> customizer) {
		return visit(this.service, person, customizer);
	}

	/**
	 * A visitor who is signed in, at any replica.
	 */
	static BrowserVisitor visit(Service service, Person person, Consumer<NewContextOptions> customizer) {
		BrowserVisitor visitor = Browser.visit(service.url(), customizer);
		String token = Objects.requireNonNull(person.client().token());
		visitor.context().addCookies(List.of(new Cookie("latchkey", token).setUrl(service.url())));
		return visitor;
	}

	/**
	 * Opens a page of the owner's account.
	 * @param path the path below the account, such as {@code /users}
	 */
	static Screen open(BrowserVisitor visitor, Owner owner, String path) {
		return Screen.of(visitor.open("/accounts/" + owner.account() + path));
	}

	/**
	 * Creates an invitation.
	 * @return the invitation's id
	 */
	static String invite(Owner owner, String address, String... permissions) {
		Response created = owner.invite(address, permissions);
		assertThat(created.status()).as(created.text()).isEqualTo(201);
		return created.at("id");
	}

	/**
	 * The path, with the token, of the link in a mail.
	 * @param page the path of the page, such as {@code /invitation}
	 * @param mail the number of the mail to this address, from 1
	 */
	String mailedPath(String address, String page, int mail) {
		return page + "#" + this.mails.awaitMail(address, mail).token();
	}

	/**
	 * The link token of an invitation's first mail, issued by the service itself.
	 */
	String token(Owner owner, String invitation) {
		return this.service.bean(LinkTokens.class)
			.issue(Purpose.INVITATION, UUID.fromString(owner.account()), UUID.fromString(invitation), 1)
			.text();
	}

	/**
	 * Makes a user a member: invites them and accepts the invitation.
	 */
	void join(Owner owner, Person person, String... permissions) {
		accept(owner, invite(owner, person.address(), permissions), person);
	}

	/**
	 * Accepts an invitation, whether or not its mail has been sent.
	 */
	void accept(Owner owner, String invitation, Person person) {
		Response accepted = person.client().post("/invitations/accept", Map.of("token", token(owner, invitation)));
		assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
	}

	@Override
	public void close() {
		this.service.close();
		this.mails.close();
	}

}
