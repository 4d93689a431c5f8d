package dev.latchkey.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.latchkey.model.Command.Accept;
import dev.latchkey.model.Command.Create;
import dev.latchkey.model.Command.CreateAccount;
import dev.latchkey.model.Command.CreateMany;
import dev.latchkey.model.Command.Decline;
import dev.latchkey.model.Command.Draft;
import dev.latchkey.model.Command.Edit;
import dev.latchkey.model.Command.Link;
import dev.latchkey.model.Command.Resend;
import dev.latchkey.model.Command.Revoke;
import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Runs each pair of commands at the same time. The first commit wins, and the other
 * command gets the result that belongs to the new state. So results and rows must be the
 * same as if the two commands had run one after the other on the {@link Model}.
 */
@ServiceTest
class CommandPairTests {

	private static final int ROUNDS = Integer.getInteger("latchkey.test.pair-rounds", 2);

	private static final List<String> INVOICES = List.of("invoices");

	private static final List<String> QUOTES = List.of("quotes");

	/** The link of the invitation, which is the second one of the account. */
	private static final Link LINK = new Link(1, 2, 1);

	private static final List<Command> COMMANDS = List.of(new Accept(LINK, Person.BOB), new Decline(LINK, "busy"),
			new Revoke(1, Person.ANN, 2, null), new Resend(1, Person.ANN, 2, null),
			new Edit(1, Person.ANN, 2, QUOTES, 1), new BackgroundCommand.Sweep(),
			new Create(1, Person.ANN, new Draft(Person.BOB, QUOTES, null), null),
			new CreateMany(1, Person.ANN,
					List.of(new Draft(Person.DAN, QUOTES, null), new Draft(Person.BOB, QUOTES, null)), null, false),
			new MemberCommand.Leave(1, Person.CEM), new MemberCommand.AcceptOwnership(1, Person.CEM));

	static TestDatabase database;

	static Service service;

	static String passwordHash;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Limits.configure(Service.on(database)).start();
		StoredLog.recordMails(database);
		passwordHash = Comparison.passwordHash(service);
	}

	@AfterAll
	static void checkAllAccountsAndStop() {
		new AccountAudit(database).check();
		service.close();
	}

	static Stream<Arguments> pairs() {
		return IntStream.range(0, COMMANDS.size())
			.boxed()
			.flatMap((first) -> COMMANDS.subList(first, COMMANDS.size())
				.stream()
				.map((other) -> Arguments.of(COMMANDS.get(first), other)));
	}

	@ParameterizedTest(name = "{0} and {1}")
	@MethodSource("pairs")
	void resultsAndRowsAreThoseOfOneOrder(Command one, Command other) {
		for (int round = 0; round < ROUNDS; round++) {
			race(prepare(1), one, other);
			race(prepare(168), one, other);
		}
	}

	/**
	 * Creates an account with a member and an invitation, and offers the account to the
	 * member.
	 * @param hours the age of the invitation
	 */
	private static Comparison prepare(int hours) {
		Comparison comparison = new Comparison(service, database, passwordHash);
		List<Command> preparation = List.of(new CreateAccount(Person.ANN, "Acme", null),
				new Create(1, Person.ANN, new Draft(Person.CEM, INVOICES, null), null),
				new Accept(new Link(1, 1, 1), Person.CEM),
				new Create(1, Person.ANN, new Draft(Person.BOB, INVOICES, null), null),
				new BackgroundCommand.PassTime(hours),
				new MemberCommand.OfferOwnership(1, Person.ANN, Person.CEM, Comparison.PASSWORD));
		assertThat(preparation).extracting((command) -> comparison.run(command).toString())
			.allMatch((result) -> result.startsWith("ok"));
		return comparison;
	}

	private static void race(Comparison comparison, Command one, Command other) {
		Model oneFirst = new Model(comparison.world().copy());
		List<Result> ofOneFirst = List.of(oneFirst.run(one), oneFirst.run(other));
		Model otherFirst = new Model(comparison.world().copy());
		Result ofOther = otherFirst.run(other);
		List<Result> ofOtherFirst = List.of(otherFirst.run(one), ofOther);
		CompletableFuture<Result> running = CompletableFuture.supplyAsync(() -> other.on(comparison.service()));
		List<Result> actual = new ArrayList<>();
		actual.add(one.on(comparison.service()));
		actual.add(running.join());
		new BackgroundCommand.Sweep().on(comparison.service());
		Optional<String> first = difference(comparison, oneFirst, ofOneFirst, actual);
		if (first.isPresent()) {
			difference(comparison, otherFirst, ofOtherFirst, actual)
				.ifPresent((second) -> fail("in the first order %s%nin the other order %s", first.get(), second));
		}
	}

	/**
	 * Compares with one order. A sweep skips accounts that are locked, so both sides
	 * sweep once more.
	 */
	private static Optional<String> difference(Comparison comparison, Model model, List<Result> expected,
			List<Result> actual) {
		model.run(new BackgroundCommand.Sweep());
		return expected.equals(actual) ? comparison.compareRows(model.world())
				: Optional.of("the results:\n  model:   " + expected + "\n  service: " + actual);
	}

}
