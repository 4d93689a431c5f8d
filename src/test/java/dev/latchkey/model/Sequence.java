package dev.latchkey.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A sequence of commands that is run once, on new users and accounts.
 */
final class Sequence {

	/** After how many commands all rows are compared. */
	private static final int COMMANDS_PER_CHECK = 20;

	private final Comparison comparison;

	private final BiConsumer<Command, Result> onResult;

	private final List<Command> commands = new ArrayList<>();

	private final StringBuilder report = new StringBuilder();

	/**
	 * Creates a sequence.
	 * @param onResult called with each command and its result on the model
	 */
	Sequence(Comparison comparison, BiConsumer<Command, Result> onResult) {
		this.comparison = comparison;
		this.onResult = onResult;
	}

	/**
	 * Runs random commands.
	 * @return the difference, empty if there is none
	 */
	Optional<String> runRandom(long seed, int length) {
		CommandGenerator generator = new CommandGenerator(seed, this.comparison.world());
		return run(length, COMMANDS_PER_CHECK, (index) -> generator.next(this.commands));
	}

	/**
	 * Runs these commands and compares the rows after each one.
	 * @return the difference, empty if there is none
	 */
	Optional<String> run(List<Command> fixed) {
		return run(fixed.size(), 1, fixed::get);
	}

	/**
	 * The commands that were run.
	 */
	List<Command> commands() {
		return this.commands;
	}

	private Optional<String> run(int length, int commandsPerCheck, Function<Integer, Command> next) {
		for (int index = 0; index < length; index++) {
			Optional<String> difference = run(next.apply(index));
			if (difference.isEmpty() && (index % commandsPerCheck == commandsPerCheck - 1 || index == length - 1)) {
				difference = this.comparison.compareRows();
			}
			if (difference.isPresent()) {
				return Optional.of(this.report + difference.get());
			}
		}
		return Optional.empty();
	}

	private Optional<String> run(Command command) {
		if (!this.comparison.isDefined(command)) {
			return Optional.empty();
		}
		this.commands.add(command);
		Comparison.Results results = this.comparison.run(command);
		this.onResult.accept(command, results.expected());
		this.report.append(command).append(results.isEqual() ? " -> " + results : "").append('\n');
		return results.isEqual() ? Optional.empty() : Optional.of(results.toString());
	}

}
