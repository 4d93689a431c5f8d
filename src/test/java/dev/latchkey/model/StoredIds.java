package dev.latchkey.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.model.Command.Link;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.user.User;
import dev.latchkey.user.Users;
import org.jspecify.annotations.Nullable;

/**
 * The ids that the service has given to the users, accounts and invitations of a
 * sequence. What does not exist has a random id.
 */
final class StoredIds {

	private final Service service;

	private final TestDatabase database;

	private final int sequence;

	private final Map<Person, Caller> callers = new EnumMap<>(Person.class);

	private final List<UUID> accounts = new ArrayList<>();

	private final Map<InvitationId, Integer> numbers = new ConcurrentHashMap<>();

	/** The ids of the invitations that exist, by account and number. */
	private final Map<List<Integer>, InvitationId> invitations = new ConcurrentHashMap<>();

	StoredIds(Service service, TestDatabase database, int sequence) {
		this.service = service;
		this.database = database;
		this.sequence = sequence;
	}

	/**
	 * Creates a login.
	 */
	void register(Person person, String passwordHash) {
		add(person,
				Objects.requireNonNull(this.service.bean(Users.class)
					.register(email(person), person.name(), passwordHash, Locale.ENGLISH)
					.block()));
	}

	void add(Person person, User user) {
		this.callers.putIfAbsent(person, new Caller(user.userId(), new SessionId(UUID.randomUUID()), user.address(),
				person.name(), Instant.MAX, Duration.ZERO));
	}

	Caller caller(Person person) {
		return Objects.requireNonNull(this.callers.get(person), person::name);
	}

	UserId user(Person person) {
		Caller caller = this.callers.get(person);
		return (caller != null) ? caller.user() : new UserId(UUID.randomUUID());
	}

	/**
	 * All users with a login.
	 */
	List<UUID> users() {
		return this.callers.values().stream().map((caller) -> caller.user().value()).toList();
	}

	/**
	 * The person with a user id, null for null.
	 */
	@Nullable Person person(@Nullable Object user) {
		return this.callers.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().user().value().equals(user))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

	/**
	 * The person with an address.
	 */
	Person personAt(Object address) {
		for (Person person : Person.values()) {
			if (person.address(this.sequence).equals(address)) {
				return person;
			}
		}
		throw new IllegalStateException("nobody has the address " + address);
	}

	EmailAddress email(Person person) {
		return EmailAddress.of(person.address(this.sequence));
	}

	List<UUID> accounts() {
		return this.accounts;
	}

	AccountId account(int number) {
		return new AccountId(this.accounts.get(number - 1));
	}

	/**
	 * The number of an account, which gets the next one if it is new.
	 */
	int number(AccountId account) {
		if (!this.accounts.contains(account.value())) {
			this.accounts.add(account.value());
		}
		return this.accounts.indexOf(account.value()) + 1;
	}

	InvitationId invitation(int account, int number) {
		return Objects.requireNonNullElseGet(
				this.invitations.computeIfAbsent(List.of(account, number), (key) -> find(account, number)),
				() -> new InvitationId(UUID.randomUUID()));
	}

	private @Nullable InvitationId find(int account, int number) {
		return this.database
			.rows("select id from invitation where account_id = ? and number = ?", account(account).value(), number)
			.stream()
			.map((row) -> new InvitationId((UUID) Objects.requireNonNull(row.get("id"))))
			.findFirst()
			.orElse(null);
	}

	/**
	 * The number of an invitation, 0 if it does not exist.
	 */
	int number(InvitationId invitation) {
		return this.numbers.computeIfAbsent(invitation,
				(id) -> this.database.rows("select number from invitation where id = ?", id.value())
					.stream()
					.map((row) -> ((Number) Objects.requireNonNull(row.get("number"))).intValue())
					.findFirst()
					.orElse(0));
	}

	int countInvitations(int account) {
		return (int) this.database.number("select count(*) from invitation where account_id = ?",
				account(account).value());
	}

	/**
	 * The token in a link.
	 */
	String token(Link link) {
		return this.service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, account(link.account()).value(),
					invitation(link.account(), link.invitation()).value(), link.version())
			.text();
	}

}
