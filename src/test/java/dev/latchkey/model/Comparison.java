package dev.latchkey.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.latchkey.model.Rows.InvitationRow;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.user.Passwords;

/**
 * Runs the commands of one sequence on the model and on the service and compares them.
 */
final class Comparison {

	static final String PASSWORD = "seven purple otters";

	private static int sequences;

	private final Model model;

	private final ServiceCommands service;

	private final StoredState stored;

	Comparison(Service service, TestDatabase database, String passwordHash) {
		StoredIds ids = new StoredIds(service, database, ++sequences);
		Map<Person, String> passwords = new EnumMap<>(Person.class);
		for (Person person : Person.values()) {
			if (person.hasLoginAtStart()) {
				ids.register(person, passwordHash);
				passwords.put(person, PASSWORD);
			}
		}
		this.model = new Model(new World(passwords));
		this.service = new ServiceCommands(service, ids, new DirectChanges(database));
		this.stored = new StoredState(database, ids);
	}

	/**
	 * The hash of the password of all users that have a login at the start.
	 */
	static String passwordHash(Service service) {
		return Objects.requireNonNull(service.bean(Passwords.class).hash(PASSWORD).block());
	}

	World world() {
		return this.model.world();
	}

	/**
	 * Runs commands on the service only.
	 */
	Commands service() {
		return this.service;
	}

	/**
	 * Whether the model can run a command: its account and the login of its caller exist,
	 * and its result is defined.
	 */
	boolean isDefined(Command command) {
		boolean accountExists = command.account() == 0 || world().hasAccount(command.account());
		boolean callerExists = command.caller() == null || world().hasLogin(command.caller());
		return accountExists && callerExists && !new UndefinedCases(world()).contain(command);
	}

	/**
	 * Runs a command.
	 * @return the two results
	 */
	Results run(Command command) {
		Result expected = this.model.run(command);
		return new Results(expected, command.on(this.service));
	}

	/**
	 * Compares all rows.
	 * @return the differences, empty if there is none
	 */
	Optional<String> compareRows() {
		return compareRows(world());
	}

	/**
	 * Compares all rows with those of another state of the model.
	 */
	Optional<String> compareRows(World expected) {
		List<Record> actual;
		try {
			actual = this.stored.read();
		}
		catch (IllegalStateException inconsistent) {
			return Optional.of("the rows: " + inconsistent.getMessage());
		}
		actual.forEach((row) -> adoptMark(row, expected));
		List<Record> missing = new ModelRows(expected).all();
		List<Record> unexpected = new ArrayList<>(actual);
		missing.removeIf(unexpected::remove);
		return (missing.isEmpty() && unexpected.isEmpty()) ? Optional.empty()
				: Optional.of("the rows:\n  model:   " + missing + "\n  service: " + unexpected);
	}

	/**
	 * The service may mark an overdue invitation at any time before it must.
	 */
	private static void adoptMark(Record row, World world) {
		if (row instanceof InvitationRow invitation && invitation.marked() && world.hasAccount(invitation.account())) {
			ModelAccount account = world.account(invitation.account());
			account.find(invitation.number())
				.filter((candidate) -> candidate.isOverdue(world.now()))
				.ifPresent((overdue) -> account.mark(overdue, world.now()));
		}
	}

	/**
	 * The results of a command on the model and on the service.
	 */
	record Results(Result expected, Result actual) {

		boolean isEqual() {
			return this.expected.equals(this.actual);
		}

		@Override
		public String toString() {
			return isEqual() ? this.expected.toString()
					: "the result:\n  model:   " + this.expected + "\n  service: " + this.actual;
		}

	}

}
