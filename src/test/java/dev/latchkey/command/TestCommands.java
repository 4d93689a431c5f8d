package dev.latchkey.command;

import java.util.ArrayList;

import reactor.core.publisher.Mono;

/**
 * Runs commands without a database, for the tests of other modules.
 */
public final class TestCommands {

	/**
	 * The execution of commands, with a lock that is always free.
	 */
	public CommandExecution execution() {
		return new CommandExecution((account) -> Mono.empty(), new RecordedTransactions(new ArrayList<>()));
	}

}
