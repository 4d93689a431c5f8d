package dev.latchkey.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.latchkey.model.Result.Refusal;
import dev.latchkey.shared.ProblemCode;

/**
 * The state of the model: the time, the logins and the accounts.
 */
final class World {

	private Duration now;

	/** The passwords, by user. */
	private final Map<Person, String> passwords;

	private final List<ModelAccount> accounts = new ArrayList<>();

	/** The receipts of commands that belong to no account, by user. */
	private final Map<Person, Map<String, Receipt>> receipts = new EnumMap<>(Person.class);

	World(Map<Person, String> passwords) {
		this.now = Duration.ZERO;
		this.passwords = new EnumMap<>(passwords);
	}

	/**
	 * A copy on which commands can be tried.
	 */
	World copy() {
		World copy = new World(this.passwords);
		copy.now = this.now;
		this.accounts.forEach((account) -> copy.accounts.add(account.copy()));
		this.receipts.forEach((user, known) -> copy.receipts.put(user, new HashMap<>(known)));
		return copy;
	}

	/**
	 * The time since the start of the sequence.
	 */
	Duration now() {
		return this.now;
	}

	void pass(Duration time) {
		this.now = this.now.plus(time);
	}

	boolean isOver(Duration time) {
		return this.now.compareTo(time) >= 0;
	}

	List<ModelAccount> accounts() {
		return this.accounts;
	}

	boolean hasAccount(int number) {
		return number >= 1 && number <= this.accounts.size();
	}

	ModelAccount account(int number) {
		return this.accounts.get(number - 1);
	}

	boolean hasLogin(Person person) {
		return this.passwords.containsKey(person);
	}

	boolean hasPassword(Person person, String password) {
		return password.equals(this.passwords.get(person));
	}

	void register(Person person, String password) {
		this.passwords.put(person, password);
	}

	Map<String, Receipt> receipts(Person user) {
		return this.receipts.computeIfAbsent(user, (first) -> new HashMap<>());
	}

	/**
	 * Requires that the user is a member; all others cannot see the account.
	 */
	ModelMember requireMember(ModelAccount account, Person user) {
		return account.findMember(user).orElseThrow(() -> Refusal.of(ProblemCode.NOT_FOUND));
	}

	/**
	 * Requires that the user is the owner. Other members learn that only the owner can do
	 * this.
	 */
	void requireOwner(ModelAccount account, Person user) {
		requireMember(account, user);
		if (user != account.owner()) {
			throw Refusal.of(ProblemCode.OWNER_ONLY);
		}
	}

	/**
	 * A completed request with an idempotency key.
	 *
	 * @param content the content of the request
	 * @param subject the number of the account or invitation that it has created or
	 * changed
	 */
	record Receipt(String content, int subject) {

		/**
		 * The subject, if the key was sent with the same content again.
		 */
		int requireSubject(String repeatedContent) {
			if (!Objects.equals(this.content, repeatedContent)) {
				throw Refusal.of(ProblemCode.IDEMPOTENCY_KEY_REUSED);
			}
			return this.subject;
		}

	}

}
