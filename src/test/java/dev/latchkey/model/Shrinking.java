package dev.latchkey.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a list of commands shorter that shows a difference: it drops parts of the list,
 * first large ones and finally single commands, as long as the rest still shows one.
 */
final class Shrinking {

	private final Predicate<List<Command>> fails;

	private int runsLeft;

	/**
	 * Creates the search.
	 * @param fails runs commands and returns whether they show a difference
	 * @param maxRuns how often to run commands at most
	 */
	Shrinking(Predicate<List<Command>> fails, int maxRuns) {
		this.fails = fails;
		this.runsLeft = maxRuns;
	}

	List<Command> shrink(List<Command> failing) {
		List<Command> shortest = failing;
		int part = Math.max(1, shortest.size() / 2);
		while (true) {
			List<Command> shorter = dropParts(shortest, part);
			if (part == 1 && shorter.size() == shortest.size()) {
				return shortest;
			}
			shortest = shorter;
			part = Math.max(1, part / 2);
		}
	}

	private List<Command> dropParts(List<Command> failing, int part) {
		List<Command> shortest = failing;
		for (int end = failing.size(); end > 0 && this.runsLeft > 0; end -= part) {
			List<Command> rest = new ArrayList<>(shortest);
			rest.subList(Math.max(0, end - part), end).clear();
			this.runsLeft--;
			if (this.fails.test(rest)) {
				shortest = rest;
			}
		}
		return shortest;
	}

}
